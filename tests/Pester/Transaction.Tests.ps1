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
        $failure = Get-Failure { Undo-XenTransaction -HostName $NoHost -ConfirmTimeout $seconds }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -HostName $NoHost -ConfirmTimeout $seconds }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }

    It 'is a scope or a state that there is not' {
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -HostName $NoHost -Scope Forever }
        $failure.FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
        $failure = Get-Failure { Get-XenTransaction -HostName $NoHost -State Gone }
        $failure.FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
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
        function Add-Change([string] $VlanId) {
            $null = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId $VlanId -Scope Running
        }

        # What is left of tests, of these and of others: the journals of changes that are not to be undone here.
        function Clear-Change {
            Invoke-OnHost a (@(
                    'rm -rf /var/lib/xenvlan/transactions/* /run/xenvlan/2*'
                    'for i in /sys/class/net/xenbr0.35?; do [ ! -e "$i" ] || ip link del "${i##*/}"; done'
                ) -join '; ')
        }
    }

    AfterAll {
        Clear-Change
    }

    Context 'before anything is changed' {
        BeforeAll {
            Clear-Change
        }

        It 'are none' {
            Get-XenTransaction -HostName a @Ssh | Should -BeNullOrEmpty
        }

        It 'are not begun where a change is only tried with -WhatIf' {
            New-XenVlanInterface -HostName a @Ssh -Scope Running -Parent xenbr0 -VlanId 350 -WhatIf
            Get-XenTransaction -HostName a @Ssh | Should -BeNullOrEmpty
        }

        It 'cannot be undone' {
            $failure = Get-Failure { Undo-XenTransaction -HostName a @Ssh -Confirm:$false }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure.TargetObject | Should -Be 'a'
        }

        It 'cannot be confirmed' {
            (Get-Failure { Confirm-XenTransaction -HostName a @Ssh }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        }
    }

    Context 'after two changes' {
        BeforeAll {
            Clear-Change
            Add-Change 350
            $made = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 351 -Scope Running -NoRollback
            $all = Get-XenTransaction -HostName a @Ssh
        }

        It 'are shown with who made them, when, and their plans' {
            $all.Count | Should -Be 2
            $one = $all[0]
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

        It 'are confirmed without waiting with -NoRollback' {
            $made.Name | Should -Be 'xenbr0.351'
            $all[1].State | Should -Be 'Confirmed'
        }

        It 'are found by pattern' {
            (Get-XenTransaction $all[1].Id -HostName a @Ssh).Id | Should -Be $all[1].Id
            (Get-XenTransaction "*$($all[0].Id.Split('-')[1])" -HostName a @Ssh).Id | Should -Be $all[0].Id
            @(Get-XenTransaction 2* -HostName a @Ssh).Count | Should -Be 2
            Get-XenTransaction nosuch* -HostName a @Ssh | Should -BeNullOrEmpty
        }

        It 'are none of a change that was none' {
            Add-Change 351
            @(Get-XenTransaction -HostName a @Ssh).Count | Should -Be 2
        }

        It 'are shown where another host cannot be reached' {
            $shown = Get-XenTransaction $all[0].Id -HostName $NoHost, a @Ssh -ErrorAction SilentlyContinue -ErrorVariable failures
            $shown.HostName | Should -Be 'a'
            $failures.TargetObject | Should -Be $NoHost
        }

        It 'cannot be confirmed twice' {
            $failure = Get-Failure { Confirm-XenTransaction $all[0].Id -HostName a @Ssh }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure.Exception.Message | Should -Match 'Confirmed'
        }

        It 'cannot be undone where there is none of that name' {
            $failure = Get-Failure { Undo-XenTransaction nosuch -HostName a @Ssh -Confirm:$false }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        }

        It 'are not undone with -WhatIf, which shows which one, its steps and their commands' {
            $null = Start-Transcript -LiteralPath $TestDrive/whatif.txt
            try {
                Undo-XenTransaction -HostName a @Ssh -WhatIf | Should -BeNullOrEmpty
            } finally {
                $null = Stop-Transcript
            }

            $shown = Get-Content -LiteralPath $TestDrive/whatif.txt | Where-Object { $_ -like 'What if: *' }
            $shown[0] | Should -Be "What if: Host `"a`": undo transaction $($all[1].Id), $($all[1].Title)"
            $shown[1] | Should -BeLike 'What if: Host "a", step 1 of 2: undo: *: ip link set dev xenbr0.351 down (undo: *'
            $shown[2] | Should -BeLike (
                'What if: Host "a", step 2 of 2: undo: create xenbr0.351: VLAN 351 of xenbr0: ip link del dev xenbr0.351' +
                ' (undo: ip link add link xenbr0 name xenbr0.351 type vlan id 351*')
            $shown.Count | Should -Be 3
            Get-Interface | Should -Contain 'xenbr0.351'
            (Get-XenTransaction -HostName a @Ssh).State | Should -Be 'Confirmed', 'Confirmed'
        }

        It 'are undone by pipe, in any order, each by a transaction of its own' {
            $log = $all[0] | Undo-XenTransaction @Ssh -Confirm:$false -PassThru -Verbose 4>&1
            $undone = $log | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }
            $log | Where-Object { "$_" -like '*step 2 of 2: undo: create xenbr0.350*ip link del dev xenbr0.350*' } |
                Should -Not -BeNullOrEmpty
            $undone.Id | Should -Be $all[0].Id
            $undone.HostName | Should -Be 'a'
            $undone.State | Should -Be 'Undone'
            $undone.Title | Should -Match '^2 steps'
            Get-Interface | Should -Not -Contain 'xenbr0.350'
            Get-Interface | Should -Contain 'xenbr0.351'
            $now = Get-XenTransaction -HostName a @Ssh
            $now.Count | Should -Be 3
            $undo = $now | Where-Object -Property Reverts -EQ -Value $all[0].Id
            $undo.State | Should -Be 'Confirmed'
            $undo.Title | Should -BeLike "undo $($all[0].Id): *"
        }

        It 'are undone without a name as well, the last that was not yet, and without waiting with -NoRollback' {
            Undo-XenTransaction -HostName a @Ssh -NoRollback -Confirm:$false | Should -BeNullOrEmpty
            Get-Interface | Should -Not -Contain 'xenbr0.351'
        }

        It 'are none to undo where all were' {
            $failure = Get-Failure { Undo-XenTransaction -HostName a @Ssh -Confirm:$false }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure = Get-Failure { Undo-XenTransaction $all[0].Id -HostName a @Ssh -Confirm:$false }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure.Exception.Message | Should -Match 'Undone'
        }

        It 'are shown by state' {
            (Get-XenTransaction -HostName a @Ssh -State Undone).Id | Should -Be $all.Id
            (Get-XenTransaction -HostName a @Ssh -State Confirmed).Reverts | Should -Be $all.Id
            @(Get-XenTransaction -HostName a @Ssh -State Undone, Confirmed).Count | Should -Be 4
            Get-XenTransaction -HostName a @Ssh -State Armed, Running | Should -BeNullOrEmpty
        }
    }
}
