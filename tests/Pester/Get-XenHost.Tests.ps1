BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-XenHost on this machine' {
    It 'shows this machine without a host name, and without SSH' {
        (Get-XenHost).HostName | Should -Be $ThisHost
        Get-Log { Get-XenHost } | Should -Not -Match 'SSH'
    }

    It 'reads it with one script' {
        @(Get-Log { Get-XenHost } | Where-Object { $_ -like 'Ran one script*' }).Count | Should -Be 1
    }

    It 'shows the kernel that runs' {
        (Get-XenHost).Kernel | Should -Be (uname -r)
    }

    It 'gives the snapshot along' {
        (Get-XenHost).GetSnapshot().Interfaces.Name | Should -Contain 'lo'
    }

    It 'shows a host that is named twice once' {
        @(Get-XenHost -HostName $ThisHost, $ThisHost).Count | Should -Be 1
    }

    It 'takes host names by property' {
        ([pscustomobject]@{ HostName = $ThisHost } | Get-XenHost).HostName | Should -Be $ThisHost
    }

    It 'refuses an object whose host name is empty, rather than to take this machine' {
        $failure = Get-Failure { [pscustomobject]@{ HostName = $null } | Get-XenHost }
        [string] $failure.FullyQualifiedErrorId | Should -Match '^ParameterArgumentValidationError'
    }

    It 'can be stopped by the commands after it' {
        Get-XenHost -HostName $ThisHost, $NoHost -ErrorAction Ignore | Select-Object -First 1 | ForEach-Object HostName |
            Should -Be $ThisHost
    }
}

Describe 'The errors of Get-XenHost' {
    It 'reports a host that is unknown, with the host as target' {
        $failure = Get-Failure { Get-XenHost -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        $failure.TargetObject | Should -Be $NoHost
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'reports a host that refuses the connection' {
        $failure = Get-Failure { Get-XenHost -HostName 127.0.0.1 -Port 1 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnreachable,*'
        $failure.TargetObject | Should -Be '127.0.0.1'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'gives up a host that does not answer in time' {
        $failure = Get-Failure { Get-XenHost -HostName silent -ConnectingTimeout 500 -Options @{ ProxyCommand = 'sleep 60' } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostTimeout,*'
        $failure.CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failure.TargetObject | Should -Be 'silent'
    }

    It 'stops when the user stops it' {
        $manifest = Join-Path -Path (Get-Module -Name XenVlan).ModuleBase -ChildPath XenVlan.psd1
        $shell = [powershell]::Create().AddScript(
            "Import-Module '$manifest'; Get-XenHost -HostName silent -Verbose -Options @{ ProxyCommand = 'sleep 60' }"
        )
        $run = $shell.BeginInvoke()
        while ($shell.Streams.Verbose.Message -notcontains 'Connecting to silent over SSH.' -and -not $run.IsCompleted) {
            Start-Sleep -Milliseconds 50
        }

        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Get-Process | Where-Object { $_.Parent.Id -eq $PID -and $_.CommandLine -like '*silent*' } | Should -BeNullOrEmpty
        $shell.Dispose()
    }

    It 'goes on with the other hosts' {
        $shown = Get-XenHost -HostName $NoHost, $ThisHost -ErrorAction SilentlyContinue -ErrorVariable failures
        $shown.HostName | Should -Be $ThisHost
        $failures.TargetObject | Should -Be $NoHost
    }

    It 'refuses the host name <_> before anything is sent' -ForEach @(
        'xen1; reboot', '-oProxyCommand=reboot', '$(reboot)', "xen1`nreboot", 'xen1:0', 'xen1:65536', '@xen1'
    ) {
        $name = $_
        $failure = Get-Failure { Get-XenHost -HostName $ThisHost, $name }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.TargetObject | Should -Be $name
        Get-Log { try { Get-XenHost -HostName $ThisHost, $name } catch { Write-Debug $_ } } | Should -BeNullOrEmpty
    }

    It 'refuses a <Parameter> that does not exist' -ForEach @(@{ Parameter = 'SshConfigFile' }, @{ Parameter = 'KeyFilePath' }) {
        $arguments = @{ $Parameter = "$TestDrive/nosuch" }
        (Get-Failure { Get-XenHost -HostName $NoHost @arguments }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'refuses an SSH option that could not be one' {
        $failure = Get-Failure { Get-XenHost -HostName $NoHost -Options @{ 'Proxy Command' = 'x' } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'finds a file in PowerShell''s own location' {
        Set-Content -LiteralPath $TestDrive/empty -Value ''
        Push-Location -LiteralPath $TestDrive
        try {
            $failure = Get-Failure { Get-XenHost -HostName $NoHost -SshConfigFile ./empty }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        } finally {
            Pop-Location
        }
    }
}

Describe 'Get-XenHost on the lab' -Skip:$NoLab {
    Context 'for several hosts, of which one does not answer' {
        BeforeAll {
            $hosts = Get-XenHost -HostName $NoHost, a, b, ftp-a @Ssh -ErrorAction SilentlyContinue -ErrorVariable failures
        }

        It 'shows two domain 0s and a domain' {
            $hosts.HostName | Sort-Object | Should -Be 'a', 'b', 'ftp-a'
            $hosts | Where-Object IsDomain0 | Sort-Object -Property HostName | ForEach-Object HostName | Should -Be 'a', 'b'
            ($hosts | Where-Object HostName -EQ a).Domains.Name | Sort-Object | Should -Be 'app-a', 'ftp-a'
            ($hosts | Where-Object HostName -EQ a).Toolstack | Should -Be 'XL'
        }

        It 'reports the one' {
            $failures.TargetObject | Should -Be $NoHost
            $failures.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        }
    }

    It 'reports a user the host does not let in' {
        $failure = Get-Failure { Get-XenHost -HostName a -UserName nosuchuser @Ssh }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.AuthenticationFailed,*'
        $failure.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $failure.TargetObject | Should -Be 'a'
    }

    It 'sends nothing to a host whose key is not known' {
        $options = @{ UserKnownHostsFile = '/dev/null'; StrictHostKeyChecking = $true }
        $failure = Get-Failure { Get-XenHost -HostName a @Ssh -Options $options }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostKeyUnknown,*'
        $failure.CategoryInfo.Category | Should -Be 'SecurityError'
    }

    It 'says what a user without root''s rights could not see' {
        $shown = Get-XenHost -HostName a-admin @Ssh
        $shown.IsRoot | Should -BeFalse
        $shown.NotSeen.Count | Should -BeGreaterThan 0
    }
}
