BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'What the commands about transactions refuse before anything is sent' {
    It 'is a confirm timeout of <_> seconds' -ForEach @(4, 3601, 0, -1) {
        $seconds = $_
        (Get-Failure { Undo-XenTransaction -HostName $NoHost -ConfirmTimeout $seconds }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -HostName $NoHost -ConfirmTimeout $seconds }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }

    It 'is a scope or a state that there is not' {
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -HostName $NoHost -Scope Forever }).FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
        (Get-Failure { Get-XenTransaction -HostName $NoHost -State Gone }).FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
    }
}

Describe '<_> on a host that cannot be reached' -ForEach 'Get-XenTransaction', 'Confirm-XenTransaction', 'Undo-XenTransaction' {
    It 'reports the host' {
        $arguments = @{ HostName = $NoHost }
        if ($_ -ne 'Get-XenTransaction') {
            $arguments.Confirm = $false
        }

        $cmdlet = $_
        $failure = Get-Failure { & $cmdlet @arguments }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        $failure.TargetObject | Should -Be $NoHost
    }
}

Describe 'Transactions on the lab' -Skip:$NoLab {
    BeforeAll {
        function Get-Interface { Invoke-OnHost a 'ls /sys/class/net' }
        function Add-Change([string] $VlanId) { $null = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId $VlanId -Scope Running }

        # The newest that is no undoing of another one.
        function Get-LastChange { Get-XenTransaction -HostName a @Ssh | Where-Object -Property Reverts -EQ -Value $null | Select-Object -Last 1 }
    }

    BeforeEach {
        # What other tests have changed is not to be undone here.
        Invoke-OnHost a 'rm -rf /var/lib/xenvlan/transactions/* /run/xenvlan/2*'
    }

    AfterEach {
        Invoke-OnHost a 'for i in /sys/class/net/xenbr0.35?; do [ ! -e "$i" ] || ip link del "${i##*/}"; done'
    }

    It 'shows a change with who made it, when, and its plan' {
        Add-Change 350
        $one = Get-XenTransaction -HostName a @Ssh
        $one.HostName | Should -Be 'a'
        $one.State | Should -Be 'Confirmed'
        $one.Id | Should -Match '^\d{8}T\d{6}Z-[0-9a-f]{8}$'
        $one.By | Should -Be "$([Environment]::UserName) on $ThisHost"
        $one.Title | Should -Match '^2 steps: create xenbr0\.350'
        $one.Plan.Count | Should -Be 2
        $one.Plan[0] | Should -Match '^1\. create xenbr0\.350: VLAN 350 of xenbr0'
        $one.StartedAt | Should -Not -BeNullOrEmpty
        $one.SecondsLeft | Should -BeNullOrEmpty
        $one.Reverts | Should -BeNullOrEmpty
    }

    It 'keeps no transaction of a change that was none' {
        Add-Change 350
        Add-Change 350
        @(Get-XenTransaction -HostName a @Ssh).Count | Should -Be 1
    }

    It 'has none where nothing was changed' {
        Get-XenTransaction -HostName a @Ssh | Should -BeNullOrEmpty
    }

    It 'takes the last change back, as a transaction of its own' {
        Add-Change 350
        $change = Get-LastChange
        Undo-XenTransaction -HostName a @Ssh -Confirm:$false | Should -BeNullOrEmpty
        Get-Interface | Should -Not -Contain 'xenbr0.350'
        $all = Get-XenTransaction -HostName a @Ssh
        $all.Count | Should -Be 2
        ($all | Where-Object -Property Id -EQ -Value $change.Id).State | Should -Be 'Undone'
        $undo = $all | Where-Object -Property Reverts -EQ -Value $change.Id
        $undo.State | Should -Be 'Confirmed'
        $undo.Title | Should -BeLike "undo $($change.Id): *"
    }

    It 'shows with -PassThru what was taken back' {
        Add-Change 350
        $undone = Undo-XenTransaction -HostName a @Ssh -Confirm:$false -PassThru
        $undone.State | Should -Be 'Undone'
        $undone.Title | Should -Match '^2 steps'
    }

    It 'takes one change after the other back, newest first' {
        Add-Change 350
        Add-Change 351
        Undo-XenTransaction -HostName a @Ssh -Confirm:$false
        Get-Interface | Should -Contain 'xenbr0.350'
        Get-Interface | Should -Not -Contain 'xenbr0.351'
        Undo-XenTransaction -HostName a @Ssh -Confirm:$false
        Get-Interface | Should -Not -Contain 'xenbr0.350'
    }

    It 'takes back what is piped in' {
        Add-Change 350
        Add-Change 351
        $first = Get-XenTransaction -HostName a @Ssh | Select-Object -First 1
        $undone = $first | Undo-XenTransaction @Ssh -Confirm:$false -PassThru
        $undone.Id | Should -Be $first.Id
        $undone.HostName | Should -Be 'a'
        Get-Interface | Should -Not -Contain 'xenbr0.350'
        Get-Interface | Should -Contain 'xenbr0.351'
    }

    It 'takes nothing back with -WhatIf' {
        Add-Change 350
        Undo-XenTransaction -HostName a @Ssh -WhatIf | Should -BeNullOrEmpty
        Get-Interface | Should -Contain 'xenbr0.350'
        (Get-LastChange).State | Should -Be 'Confirmed'
        @(Get-XenTransaction -HostName a @Ssh).Count | Should -Be 1
    }

    It 'begins nothing where a change is only tried with -WhatIf' {
        New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 350 -WhatIf
        Get-XenTransaction -HostName a @Ssh | Should -BeNullOrEmpty
    }

    It 'has nothing to take back where nothing was changed, or all was taken back' {
        $failure = Get-Failure { Undo-XenTransaction -HostName a @Ssh -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        $failure.TargetObject | Should -Be 'a'

        Add-Change 350
        Undo-XenTransaction -HostName a @Ssh -Confirm:$false
        (Get-Failure { Undo-XenTransaction -HostName a @Ssh -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
    }

    It 'reports a transaction that there is not, and one that was taken back already' {
        Add-Change 350
        (Get-Failure { Undo-XenTransaction nosuch -HostName a @Ssh -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        $change = Undo-XenTransaction -HostName a @Ssh -Confirm:$false -PassThru
        $failure = Get-Failure { Undo-XenTransaction $change.Id -HostName a @Ssh -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        $failure.Exception.Message | Should -Match 'Undone'
    }

    It 'finds transactions by pattern' {
        Add-Change 350
        Add-Change 351
        $all = Get-XenTransaction -HostName a @Ssh
        (Get-XenTransaction $all[1].Id -HostName a @Ssh).Id | Should -Be $all[1].Id
        (Get-XenTransaction "*$($all[0].Id.Split('-')[1])" -HostName a @Ssh).Id | Should -Be $all[0].Id
        @(Get-XenTransaction 2* -HostName a @Ssh).Count | Should -Be 2
        Get-XenTransaction nosuch* -HostName a @Ssh | Should -BeNullOrEmpty
    }

    It 'shows only those in a state' {
        Add-Change 350
        $change = Undo-XenTransaction -HostName a @Ssh -Confirm:$false -PassThru
        (Get-XenTransaction -HostName a @Ssh -State Undone).Id | Should -Be $change.Id
        (Get-XenTransaction -HostName a @Ssh -State Confirmed).Reverts | Should -Be $change.Id
        @(Get-XenTransaction -HostName a @Ssh -State Undone, Confirmed).Count | Should -Be 2
        Get-XenTransaction -HostName a @Ssh -State Armed, Running | Should -BeNullOrEmpty
    }

    It 'keeps a change that failed as one that was rolled back' {
        # The kernel refuses an address that it takes for no host's.
        $null = Get-Failure { New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 350 -Address ff02::1/64 -Scope Running }
        $one = Get-LastChange
        $one.State | Should -Be 'RolledBack'
        $one.Reason | Should -Match 'failed'
    }

    It 'confirms nothing where nothing is armed' {
        (Get-Failure { Confirm-XenTransaction -HostName a @Ssh }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        Add-Change 350
        $failure = Get-Failure { Confirm-XenTransaction (Get-LastChange).Id -HostName a @Ssh }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        $failure.Exception.Message | Should -Match 'Confirmed'
    }

    It 'keeps a change without waiting with -NoRollback' {
        $made = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 350 -Scope Running -NoRollback
        $made.Name | Should -Be 'xenbr0.350'
        (Get-LastChange).State | Should -Be 'Confirmed'
        Undo-XenTransaction -HostName a @Ssh -NoRollback -Confirm:$false
        Get-Interface | Should -Not -Contain 'xenbr0.350'
    }

    It 'reports a host that cannot be reached, and shows the others' {
        Add-Change 350
        $shown = Get-XenTransaction -HostName $NoHost, a @Ssh -ErrorAction SilentlyContinue -ErrorVariable failures
        $shown.HostName | Should -Be 'a'
        $failures.TargetObject | Should -Be $NoHost
    }
}
