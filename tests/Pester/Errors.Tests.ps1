BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG

    # What acts on a terminal, hides, parts lines, or pretends to be a sentence of ours.
    $Hostile = @(
        "x$([char]27)[2J", "x$([char]27)]0;title$([char]7)", "x$([char]0x9b)31m", "x`r`nxenvlan: fine", "x`ty", "x$([char]127)",
        "x$([char]0x202e)y",
        "x$([char]0x2066)y", "x$([char]0x200b)", "x$([char]0x2028)y", "x$([char]0xd800)", "x`". Everything is fine. `""
    )
    # Half a surrogate pair is no text of JSON, so no stored host has it.
    $Stored = $Hostile | Where-Object { $_ -notmatch '[\ud800]' } | ForEach-Object { @{ Text = $_ } }
    $Hostile = $Hostile | ForEach-Object { @{ Text = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1

    $Directory = Join-Path $PSScriptRoot '../XenVlan.Core.Tests/Data/paths-xen-4.17-debian-12/undescribed-wire'

    # A stored snapshot of a host that gave all its things a name, and perhaps itself.
    function Save-Named([string] $HostileText, [string] $HostName = 'a') {
        $stored = Get-Content -Raw (Join-Path $Directory 'a.json') | ConvertFrom-Json
        $stored.snapshot.hostName = $HostName
        foreach ($interface in $stored.snapshot.interfaces) {
            $interface.name = "$HostileText$($interface.name)"
        }

        foreach ($domain in $stored.snapshot.domains) {
            $domain.name = "$HostileText$($domain.name)"
        }

        $file = Join-Path $TestDrive 'hostile.json'
        $stored | ConvertTo-Json -Depth 50 -EscapeHandling EscapeNonAscii | Set-Content $file
        $file
    }

    # All that PowerShell prints of an error, however it is asked to.
    function Get-Printed($Record) {
        foreach ($view in 'NormalView', 'ConciseView', 'DetailedView') {
            $ErrorView = $view
            $Record | Out-String -Width 4000
        }

        $Record.ToString()
        $Record.Exception.Message
        $Record.CategoryInfo.ToString()
        "$($Record.ErrorDetails)"
        "$($Record.ErrorDetails.RecommendedAction)"
    }

    $Raw = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\ufeff]"
}

Describe 'What a host calls its things' {
    It 'reaches no error as it is: <Text>' -ForEach $Stored {
        $file = Save-Named $Text
        $records = @(
            Get-Failure { Get-XenBridge -Snapshot $file -Name nosuch }
            Get-Failure { Get-XenDomainNic -Snapshot $file -DomainName nosuch }
            Get-Failure { Get-XenVlanInterface -Snapshot $file -Name nosuch }
            Get-Failure { Test-XenVlanPath -Offline -Snapshot $file -Interface nosuch -To 10.0.0.1 }
        )
        $records | Should -HaveCount 4
        foreach ($record in $records) {
            $record.FullyQualifiedErrorId | Should -BeLike 'XenVlan.*NotFound,*'
            foreach ($printed in Get-Printed $record) {
                # The engine's own colours and line ends are not the host's.
                $plain = $printed -replace '\x1b\[[0-9;]*m' -replace "`r?`n", ' '
                $plain | Should -Not -Match $Raw
                $plain | Should -Not -BeLike '* xenvlan: fine*'
            }
        }
    }

    It 'is still the very name in the error''s target, for scripts' {
        $text = "x$([char]27)[2J"
        (Get-Failure { Get-XenBridge -Snapshot (Save-Named $text -HostName $text) -Name nosuch }).TargetObject | Should -Be $text
    }

    It 'reaches no error as it is where it is a value that is not valid: <Text>' -ForEach $Hostile {
        $record = Get-Failure { Test-XenVlanPath -Interface $Text -To 10.0.0.1 -HostName $NoHost }
        foreach ($printed in $record.Exception.Message, $record.CategoryInfo.ToString(), $record.ToString()) {
            $printed -replace "`r?`n", ' ' | Should -Not -Match $Raw
        }
    }
}

Describe 'What can be done about an error' -Skip:$NoLab {
    BeforeAll {
        $failure = Get-Failure { New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 10 -Name "xv$([char]0xe9)" }
    }

    It 'is said in words of PowerShell, and recommended' {
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.NotSupported,*'
        "$failure" | Should -BeLike '*change only what runs: -Scope Running.*'
        $failure.Exception.Message | Should -Be "$failure"
        $failure.ErrorDetails.RecommendedAction | Should -Be 'change only what runs: -Scope Running'
    }

    It 'is never said in those of the command line' {
        "$failure" | Should -Not -BeLike '*--scope*'
    }
}
