BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'What Test-XenVlanPath refuses before anything is sent' {
    It 'is <Parameter> <Value>' -ForEach @(
        @{ Parameter = 'Interface'; Value = 'eth0; reboot' }
        @{ Parameter = 'To'; Value = 'b; reboot' }
        @{ Parameter = 'To'; Value = 'b/$(reboot)/x y' }
        @{ Parameter = 'To'; Value = '-oProxyCommand=reboot' }
        @{ Parameter = 'Mtu'; Value = 67 }
        @{ Parameter = 'TcpPort'; Value = 0 }
        @{ Parameter = 'TcpPort'; Value = 65536 }
        @{ Parameter = 'To'; Value = 'b/ftp:x' }
        @{ Parameter = 'VlanId'; Value = '4095' }
        @{ Parameter = 'TargetAddress'; Value = '10.0.0.999' }
    ) {
        $arguments = @{ Interface = 'eth0'; To = '10.0.0.1'; HostName = $NoHost }
        $arguments[$Parameter] = $Value
        (Get-Failure { Test-XenVlanPath @arguments }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }
}

Describe 'Test-XenVlanPath on this machine' {
    It 'reports an interface that is not there' {
        $failure = Get-Failure { Test-XenVlanPath -Interface nosuch -To 10.0.0.1 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
        $failure.TargetObject | Should -Be $ThisHost
    }
}

Describe 'What is not known' {
    BeforeAll {
        $folder = Join-Path $PSScriptRoot '../XenVlan.Core.Tests/Data/paths-xen-4.17-debian-12/undescribed-wire'
        $files = Get-ChildItem -Path $folder -Filter *.json
        $path = @{ Snapshot = $files.FullName; HostName = 'ftp-a'; Interface = 'eth0.10'; To = 'ftp-b/eth0.10' }
        $results = foreach ($expected in 'None', 'Reachable', 'Isolated') {
            Test-XenVlanPath -Offline @path -Expect $expected -WarningVariable +warnings -WarningAction SilentlyContinue
        }
    }

    It 'is neither yes nor no, however it is asked for' {
        $results | Should -HaveCount 3
        $results | Where-Object Reachable | Should -BeNullOrEmpty
        $results | Where-Object Isolated | Should -BeNullOrEmpty
        $results | Where-Object Reachable -EQ $false | Should -BeNullOrEmpty
        $results | Where-Object Isolated -EQ $false | Should -BeNullOrEmpty
        $results | Where-Object Outcome -EQ NotKnown | Should -HaveCount 3
    }

    It 'comes with a warning, for whoever asks with -not' {
        $warnings | Should -HaveCount 3
        $warnings[0] | Should -BeLike '*not known whether anything arrives*is not described*'
    }

    It 'meets no expectation' {
        $results.AsExpected | Should -Be $null, $false, $false
    }

    It 'is not drawn or listed as isolated' {
        $results | Out-String -Width 200 | Should -BeLike '*NotKnown*'
        $results | Out-String -Width 200 | Should -Not -BeLike '*as wanted*'
    }
}

Describe 'Test-XenVlanPath on the lab' -Skip:$NoLab {
    BeforeAll {
        $FromAToB = @{ HostName = 'a'; Interface = 'xv.path.350'; To = 'b/xv.path.350' }
        foreach ($name in 'a', 'b') {
            $number = if ($name -eq 'a') { 1 } else { 2 }
            Invoke-OnHost $name ('for v in 350 351; do ip link add link xenbr0 name xv.path.$v type vlan id $v; ' +
                "ip addr add 10.35.`$((v - 350)).$number/24 dev xv.path.`$v; ip link set xv.path.`$v up; done")
        }

        $Snapshots = (Get-XenHost -HostName a, b @Ssh).GetSnapshot()
    }

    AfterAll {
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name 'ip link del xv.path.350; ip link del xv.path.351'
        }
    }

    Context 'from host to host, with -Trace' {
        BeforeAll {
            $result = Test-XenVlanPath @FromAToB -Expect Reachable -Trace -Snapshot $Snapshots @Ssh
        }

        It 'finds that a VLAN gets there, with packets of the full MTU' {
            $result.Reachable | Should -BeTrue
            $result.AsExpected | Should -BeTrue
            $result.Mtu | Should -Be 1500
            $result.VlanId | Should -Be 350
        }

        It 'watches every hop, and draws it' {
            ($result.Hops | Where-Object HostName -EQ a).Seen | Should -Not -Contain $false
            $drawn = $result | Out-String -Width 200
            $drawn | Should -BeLike '*reachable, as wanted*'
            $drawn | Should -BeLike '*xv.path.350*untagged*seen*'
            ($result | Format-List | Out-String -Width 200) | Should -BeLike '*Hops*xv.path.350*out*untagged*'
        }
    }

    Context 'from VLAN interfaces in the pipeline to several ends' {
        BeforeAll {
            $links = Get-XenVlanInterface -Name xv.path.350 -Snapshot ($Snapshots | Where-Object HostName -EQ a)
            $results = $links | Test-XenVlanPath -To 10.35.0.2, 10.35.0.9 -Expect Isolated -Snapshot $Snapshots @Ssh
        }

        It 'tells which answers, and that silence of what nobody saw up proves nothing' {
            $results.Isolated | Should -Be $false, $null
            $results.Outcome | Should -Be NotIsolated, NotReachable
        }

        It 'says so where a path is expected to be isolated and is not, or is not proved to be' {
            $results.AsExpected | Should -Be $false, $false
        }
    }

    It 'sends nothing with -Offline' {
        $log = Get-Log { $script:result = Test-XenVlanPath @FromAToB -Snapshot $Snapshots -Offline }
        $log | Should -BeNullOrEmpty
        $result.Probes | Where-Object Outcome -NE NotChecked | Should -BeNullOrEmpty
    }

    It 'tests all pairs that share a VLAN with -Mesh' {
        $results = Get-XenVlanInterface -Name xv.path.* -Snapshot $Snapshots |
            Test-XenVlanPath -Mesh -Expect Reachable -Snapshot $Snapshots @Ssh
        $results | Should -HaveCount 2
        $results.VlanId | Should -Be 350, 351
        $results.AsExpected | Should -Be $true, $true
    }

    It 'takes the NICs of domains from the pipeline, and stands in for them' {
        $result = Get-XenDomainNic -HostName a -DomainName app-a @Ssh | Where-Object Index -EQ 0 |
            Test-XenVlanPath -VlanId 350 -SourceAddress 10.35.0.250/24 -To b/xv.path.350 -Expect Reachable @Ssh
        $result.Source | Should -Be 'a/app-a:0'
        $result.AsExpected | Should -BeTrue
        $result.Mtu | Should -Be 1500
    }

    It 'predicts from files' {
        $files = foreach ($snapshot in $Snapshots) {
            $file = Join-Path $TestDrive "$($snapshot.HostName).json"
            $json = $snapshot.GetType().Assembly.GetType('XenVlan.Model.Json.XenVlanJson')
            $json::SerializeSnapshot($snapshot) | Set-Content -LiteralPath $file
            $file
        }

        $result = Test-XenVlanPath -Offline -Snapshot $files -HostName a -Interface xv.path.350 -To b/xv.path.350
        $result.Hops | Should -Not -BeNullOrEmpty
        $result.Probes | Should -BeNullOrEmpty
    }

    It 'asks where the path begins when snapshots of several hosts are given' {
        $failure = Get-Failure { Test-XenVlanPath -Interface xv.path.350 -To b -Snapshot $Snapshots -Offline }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'reports an end that is not there' {
        $failure = Get-Failure { Test-XenVlanPath -HostName a -Interface xv.path.350 -To b/nosuch -Snapshot $Snapshots -Offline }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
        $failure.TargetObject | Should -Be 'b'
    }
}
