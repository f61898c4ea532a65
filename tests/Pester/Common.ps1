# What the test files share. Each dot-sources this in its BeforeAll.

# How to reach the lab's hosts; its tests are skipped when there is none.
$Ssh = @{ SshConfigFile = $env:XENVLAN_LAB_SSH_CONFIG }

# The lab's hosts are emulated, many at once on a busy machine: what is proved here is not that they answer within 30 seconds.
$PSDefaultParameterValues = @{ '*-Xen*:ConfirmTimeout' = 120 }

# A host that nothing can be sent to: RFC 2606 keeps the name from ever resolving.
$NoHost = 'nosuch.invalid'

# This machine's own name means this machine, without SSH.
$ThisHost = [Environment]::MachineName

# Runs a command that must end with an error, and gives the error. Non-terminating errors count as well. The parameter's
# name is one that hides no variable of a test.
function Get-Failure([scriptblock] $CommonScript) {
    $ErrorActionPreference = 'Stop'
    try {
        $null = & $CommonScript
    } catch {
        return $_
    }

    throw "No error came of: $CommonScript"
}

# Runs a command, and gives what it logged.
function Get-Log([scriptblock] $CommonScript) {
    $VerbosePreference = 'Continue'
    & $CommonScript 4>&1 3>$null | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
}

# Runs a command on a host of the lab, past XenVlan.
function Invoke-OnHost([string] $HostName, [string] $Command) {
    $said = ssh -F $Ssh.SshConfigFile $HostName $Command 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "'$Command' on $HostName failed: $said"
    }

    $said
}

# Names that are no interface's name, most of them because somebody hopes that a shell reads them.
$BadInterfaceNames = @(
    '', 'sixteen-bytes-xx', 'eth0/1', 'eth 0', "eth0`nreboot", "eth0`treboot",
    '; reboot', '$(reboot)', '`reboot`', '-all', '..', "eth0$([char]27)[2J"
)
