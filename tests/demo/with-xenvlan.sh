# The demo's steps with the xenvlan command.
# shellcheck shell=sh disable=SC2154 # demo.sh sets document
xenvlan() { dotnet artifacts/bin/XenVlan.Cli/debug/xenvlan.dll "$@" --ssh-config "$XENVLAN_DEMO_SSH_CONFIG"; }
show_before() { xenvlan show --host a --host b; }
show_plan() { xenvlan apply "$document" --what-if; }
# Emulated hosts on a busy machine are slow to answer.
apply() { xenvlan apply "$document" --confirm-timeout 120; }
show_bridges() { xenvlan show bridges --host a; }
draw() { xenvlan draw "$document"; }
check() { xenvlan check "$document"; }
