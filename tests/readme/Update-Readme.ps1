<#
.SYNOPSIS
    Runs the lines of the README's transcript, and writes them with what they print between the README's markers; and the
    picture of the path that is lost in it.
#>
param(
    [Parameter(Mandatory)]
    [string] $SshConfigFile
)

$ErrorActionPreference = 'Stop'
$root = Resolve-Path (Join-Path $PSScriptRoot ../..)
Import-Module (Join-Path $root artifacts/module/XenVlan/XenVlan.psd1)
$ssh = @{ SshConfigFile = (Resolve-Path $SshConfigFile).Path }
function ssh { & (Get-Command ssh -CommandType Application | Select-Object -First 1) -F $ssh.SshConfigFile @args }

$lines = @(
    'Get-XenBridge -HostName a, b @ssh'
    'Get-XenDomainNic -HostName a -Bridge xenbr0 @ssh | Set-XenDomainNic -AccessVlan 10 -PassThru'
    'New-XenVlanInterface -HostName a -Parent xenbr0 -VlanId 10 -Address 10.10.0.1/24 @ssh'
    'New-XenVlanInterface -HostName b -Parent xenbr0 -VlanId 10 -Address 10.10.0.2/24 @ssh'
    'Get-XenVlanInterface -HostName a @ssh | Test-XenVlanPath -To b | Format-List Reachable, LostAt, Reason, Explanation, Fix'
    'ssh a bridge vlan add dev eth1 vid 10'
    'Get-XenVlanInterface -HostName a @ssh | Test-XenVlanPath -To b | Format-List Reachable, Mtu, Probes, Explanation'
)

$picture = ''
$transcript = foreach ($line in $lines) {
    if ($line -like 'ssh *') {
        $xenvlan = Join-Path $root artifacts/bin/XenVlan.Cli/debug/xenvlan.dll
        $path = 'test-path --from a/xenbr0.10 --to b --trace'
        $picture = "`$ xenvlan $path`n$(& dotnet $xenvlan ($path -split ' ') --ssh-config $SshConfigFile | Out-String)"
    }

    "PS> $line"
    $said = & ([scriptblock]::Create($line)) 3>&1 | ForEach-Object {
        if ($_ -is [System.Management.Automation.WarningRecord]) { "WARNING: $_" } else { $_ }
    } | Out-String -Width 120
    $said.Trim("`r", "`n") -split '\r?\n' | ForEach-Object TrimEnd
    ''
}

$readme = Join-Path $root README.md
$text = [IO.File]::ReadAllText($readme)
foreach ($part in @(
        @{ Name = 'picture'; Language = 'text'; Lines = $picture -split '\r?\n' }
        @{ Name = 'transcript'; Language = 'powershell'; Lines = $transcript }
    )) {
    $begin, $end = "<!-- $($part.Name) begin -->", "<!-- $($part.Name) end -->"
    $lines = @($part.Lines | ForEach-Object TrimEnd) -join "`n"
    $block = "$begin`n``````$($part.Language)`n$($lines.TrimEnd())`n```````n$end"
    $pattern = [regex]::Escape($begin) + '[\s\S]*?' + [regex]::Escape($end)
    $text = [regex]::Replace($text, $pattern, { $block })
}

[IO.File]::WriteAllText($readme, $text)
