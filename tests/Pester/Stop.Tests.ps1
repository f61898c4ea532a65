BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1

    function Wait-Until([scriptblock] $Condition) {
        while (-not (& $Condition)) {
            Start-Sleep -Milliseconds 200
        }
    }
}

Describe 'A change that is stopped by Ctrl+C' -Skip:$NoLab {
    BeforeEach {
        # A step that does not end by itself, and an undo that waits. The host's shell finds this ip first.
        Invoke-OnHost a @'
rm -rf /run/xv-stop; mkdir /run/xv-stop
cat > /usr/local/sbin/ip <<'END'
#!/bin/sh
case " $* " in
    *' add '*' xenbr0.352 '*) /bin/ip "$@"; : > /run/xv-stop/begun; sleep 600 ;;
    *' del '*' xenbr0.352 '*) while [ ! -e /run/xv-stop/go ]; do sleep 0.2; done ;;
esac
exec /bin/ip "$@"
END
chmod 755 /usr/local/sbin/ip
'@
        $said = Join-Path $TestDrive 'said.txt'
        $command = "Import-Module '$(Join-Path (Get-Module XenVlan).ModuleBase XenVlan.psd1)'; " +
            "New-XenVlanInterface -HostName a -SshConfigFile '$($Ssh.SshConfigFile)' -Parent xenbr0 -VlanId 352 -Scope Running"
        # Ctrl+C is sent to all of a terminal's group, and is ignored in what a script began in the background.
        $arguments = 'env', '--default-signal=INT', 'pwsh', '-NoProfile', '-Command', "`"$command`""
        $shell = Start-Process setsid -ArgumentList $arguments -RedirectStandardOutput $said -PassThru
        Wait-Until { $shell.HasExited -or (Invoke-OnHost a 'ls /run/xv-stop') -contains 'begun' }
        sh -c "kill -s INT -- -$($shell.Id)"
        $waits = 'Stopped\. Waiting to hear what becomes of the change on a; press Ctrl\+C once more'
        Wait-Until { $shell.HasExited -or (Get-Content -Raw $said) -match $waits }
        $shell.HasExited | Should -BeFalse -Because (Get-Content -Raw $said)
    }

    AfterEach {
        Invoke-OnHost a 'rm -rf /usr/local/sbin/ip /run/xv-stop'
        $shell.Dispose()
    }

    It 'is waited for until it is undone' {
        Invoke-OnHost a ': > /run/xv-stop/go'
        $shell.WaitForExit()

        Invoke-OnHost a 'ls /sys/class/net' | Should -Not -Contain 'xenbr0.352'
        @(Get-XenTransaction -HostName a @Ssh)[-1].State | Should -Be 'RolledBack'
    }

    It 'is left at a second one, with what is not known' {
        sh -c "kill -s INT -- -$($shell.Id)"
        $shell.WaitForExit()

        ((Get-Content -Raw $said) -replace '\s+', ' ') |
            Should -Match 'What becomes of the change on host ''?"?a''?"? is not known \(transaction [0-9A-Za-z-]+, last heard of as \w+\)'

        Invoke-OnHost a ': > /run/xv-stop/go'
        Wait-Until { @(Get-XenTransaction -HostName a @Ssh)[-1].State -eq 'RolledBack' }
        Invoke-OnHost a 'ls /sys/class/net' | Should -Not -Contain 'xenbr0.352'
    }
}
