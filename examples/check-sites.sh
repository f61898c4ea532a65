#!/bin/sh
# For a CI job: does every path that a site's document expects hold?
#
#   check-sites.sh REPORTS DOCUMENT...
#
# Real frames are sent; nothing is changed on a host. For each document, what was found goes to a file of the directory
# REPORTS, and where something is not as expected, so does what differs on the hosts from what the document says.
# Exit status: 0 all is as expected, 1 something is not, 2 a document is not valid, 3 a host could not be asked.
set -u
[ $# -ge 2 ] || { echo "Usage: check-sites.sh REPORTS DOCUMENT..." >&2; exit 2; }
reports=$1
shift
mkdir -p "$reports" || exit 2

worst=0
for document in "$@"; do
    name=$(basename "$document" .yaml)
    xenvlan check "$document" --output json >"$reports/$name.paths.json"
    status=$?
    if [ "$status" -eq 0 ]; then
        echo "ok      $document"
    else
        echo "FAILED  $document (exit status $status): see $name.paths.json and $name.plan.txt in $reports"
        xenvlan apply "$document" --what-if >"$reports/$name.plan.txt"
    fi
    [ "$status" -le "$worst" ] || worst=$status
done
exit "$worst"
