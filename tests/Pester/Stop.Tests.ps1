BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'A change that is stopped, as Ctrl+C does' -Skip:$NoLab {
    BeforeAll {
        # A step that does not end by itself. The host's shell finds this ip first.
        Invoke-OnHost a @'
rm -rf /run/xv-stop; mkdir /run/xv-stop
cat > /usr/local/sbin/ip <<'END'
#!/bin/sh
case " $* " in *' add '*' xenbr0.352 '*) : > /run/xv-stop/begun; sleep 600 ;; esac
exec /bin/ip "$@"
END
chmod 755 /usr/local/sbin/ip
'@
        $state = [initialsessionstate]::CreateDefault()
        $state.ImportPSModule((Get-Module XenVlan).Path)
        $shell = [powershell]::Create($state)
        $null = $shell.AddScript({
            param($Settings)
            New-XenVlanInterface -HostName a @Settings -Parent xenbr0 -VlanId 352 -Scope Running
        }).AddArgument($Ssh)
        $running = $shell.BeginInvoke()
        while (-not $running.IsCompleted -and (Invoke-OnHost a 'ls /run/xv-stop') -notcontains 'begun') {
            Start-Sleep -Milliseconds 200
        }
        $stopping = $shell.BeginStop($null, $null)
        $shell.EndStop($stopping)
    }

    AfterAll {
        Invoke-OnHost a 'rm -rf /usr/local/sbin/ip /run/xv-stop'
        $shell.Dispose()
    }

    It 'is waited for, and is undone when the command ends' {
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Invoke-OnHost a 'ls /sys/class/net' | Should -Not -Contain 'xenbr0.352'
        @(Get-XenTransaction -HostName a @Ssh)[-1].State | Should -Be 'RolledBack'
    }
}
