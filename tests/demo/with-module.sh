# The demo's steps with the PowerShell module; each is a line an administrator could type.
# shellcheck shell=sh disable=SC2154 # demo.sh sets document
powershell() {
    NO_COLOR=${NO_COLOR:-$([ -t 1 ] || echo 1)} pwsh -NoProfile -Command "
        \$ErrorActionPreference = 'Stop'
        Import-Module ./artifacts/module/XenVlan/XenVlan.psd1
        \$ssh = @{ SshConfigFile = '$XENVLAN_DEMO_SSH_CONFIG' }
        $1"
}
show_before() {
    powershell '
        Get-XenHost -HostName a, b @ssh | Out-String -Width 160
        Get-XenBridge -HostName a, b @ssh | Out-String -Width 160
        Get-XenDomainNic -HostName a, b @ssh | Out-String -Width 160
        Get-XenVlanInterface -HostName a, b @ssh | Out-String -Width 160'
}
show_plan() {
    powershell "
        Invoke-XenTopology -Path $document @ssh -WhatIf -Verbose 4>&1 |
            Where-Object { \$_ -like '*is true already*' } | ForEach-Object Message"
}
# Emulated hosts on a busy machine are slow to answer.
apply() {
    powershell "
        \$steps = Invoke-XenTopology -Path $document @ssh -ConfirmTimeout 120 -Confirm:\$false
        if (\$steps) { \$steps | Out-String -Width 160 } else { 'There was nothing to change.' }"
}
show_bridges() { powershell 'Get-XenBridge -HostName a @ssh | Out-String -Width 160'; }
draw() { powershell "Show-XenTopology -Path $document @ssh"; }
check() {
    powershell "
        \$results = Test-XenTopology -Path $document @ssh
        \$results | Out-String -Width 160
        \$failed = @(\$results | Where-Object AsExpected -ne \$true)
        \$failed | Format-List Title, Source, Target, LostAt, Reason, Explanation, Fix
        exit [int](\$failed.Count -gt 0)"
}
