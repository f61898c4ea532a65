BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Save-XenSnapshot on this machine' {
    It 'writes a file that the other cmdlets and itself read, and shows it' {
        $file = Save-XenSnapshot -Path $TestDrive/here.json
        $file | Should -BeOfType ([IO.FileInfo])
        $file.FullName | Should -Be (Convert-Path -LiteralPath $TestDrive/here.json)
        (Get-XenHost -Snapshot $file).HostName | Should -Be $ThisHost
        (Get-XenHost -Snapshot $TestDrive/here.json).HostName | Should -Be $ThisHost
    }

    It 'reads nothing and writes nothing with -WhatIf' {
        Get-Log { Save-XenSnapshot -Path $TestDrive/whatif.json -WhatIf } | Should -BeNullOrEmpty
        "$TestDrive/whatif.json" | Should -Not -Exist
    }

    It 'does not write over a file without -Force' {
        Set-Content -LiteralPath $TestDrive/there.json -Value mine
        $failure = Get-Failure { Save-XenSnapshot -Path $TestDrive/there.json }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
        $failure.TargetObject | Should -Be (Convert-Path -LiteralPath $TestDrive/there.json)
        Get-Content -LiteralPath $TestDrive/there.json | Should -Be mine
        $null = Save-XenSnapshot -Path $TestDrive/there.json -Force
        (Get-XenHost -Snapshot $TestDrive/there.json).HostName | Should -Be $ThisHost
    }

    It 'names files for their hosts in a directory, which it makes' {
        $file = Save-XenSnapshot -Directory $TestDrive/new
        $file.Name | Should -Be "$ThisHost.json"
        $file.DirectoryName | Should -Be (Convert-Path -LiteralPath $TestDrive/new)
    }

    It 'leaves nothing behind where it cannot write' {
        $failure = Get-Failure { Save-XenSnapshot -Path $TestDrive/nosuch/here.json }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.DocumentUnwritable,*'
        $failure.CategoryInfo.Category | Should -Be 'WriteError'
        "$TestDrive/nosuch" | Should -Not -Exist
    }

    It 'writes the snapshot that it is given, and not another' {
        $shown = Get-XenHost
        $null = $shown.GetSnapshot() | Save-XenSnapshot -Path $TestDrive/piped.json
        $null = $shown | Save-XenSnapshot -Path $TestDrive/object.json
        $null = Save-XenSnapshot -Path $TestDrive/named.json -Snapshot $shown.GetSnapshot()
        foreach ($name in 'piped', 'object', 'named') {
            (Get-XenHost -Snapshot $TestDrive/$name.json).GetSnapshot().TakenAt | Should -Be $shown.GetSnapshot().TakenAt
        }
    }

    It 'does not put two snapshots into one file' {
        $both = (Get-XenHost).GetSnapshot(), (Get-XenHost).GetSnapshot()
        $files = $both | Save-XenSnapshot -Path $TestDrive/one.json -ErrorAction SilentlyContinue -ErrorVariable failures
        @($files).Count | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }
}

Describe 'Compare-XenSnapshot on this machine' {
    It 'shows nothing for a snapshot and itself' {
        $null = Save-XenSnapshot -Path $TestDrive/same.json
        Compare-XenSnapshot $TestDrive/same.json $TestDrive/same.json | Should -BeNullOrEmpty
    }

    It 'reports a file that holds no snapshot' {
        Set-Content -LiteralPath $TestDrive/no.json -Value '{}'
        $failure = Get-Failure { Compare-XenSnapshot $TestDrive/no.json }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $failure.Exception.Message | Should -BeLike '*names no format*'
    }

    It 'reports a host that cannot be read, with the host as target' {
        $null = Save-XenSnapshot -Path $TestDrive/mine.json
        $failure = Get-Failure { Compare-XenSnapshot $TestDrive/mine.json -DifferenceHostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        $failure.TargetObject | Should -Be $NoHost
    }

    It 'compares nothing where nothing comes down the pipeline' {
        $null = Save-XenSnapshot -Path $TestDrive/empty.json
        Get-XenHost -HostName $NoHost -ErrorAction Ignore | Compare-XenSnapshot $TestDrive/empty.json | Should -BeNullOrEmpty
        Get-Log { @() | Compare-XenSnapshot $TestDrive/empty.json } | Should -Not -Contain 'Starting a shell on this machine.'
    }
}

Describe 'Snapshots of the lab' -Skip:$NoLab {
    BeforeAll {
        function Clear-Lab {
            Invoke-OnHost a (@(
                    'ip link set xenbr0 type bridge vlan_filtering 0'
                    'for i in /sys/class/net/xv.cmp; do [ ! -e "$i" ] || ip link del xv.cmp; done'
                    'v=vif$(xl domid ftp-a).0; bridge vlan del dev $v vid 2-4094; bridge vlan add dev $v vid 1 pvid untagged'
                    'ip link set $v mtu 1500'
                ) -join '; ')
        }

        Clear-Lab
        $files = Save-XenSnapshot -Directory $TestDrive/before -HostName a, b @Ssh
    }

    AfterAll {
        Clear-Lab
    }

    It 'are a file a host' {
        $files.Name | Sort-Object | Should -Be 'a.json', 'b.json'
    }

    It 'do not differ where nothing has changed' {
        Compare-XenSnapshot $TestDrive/before/a.json @Ssh | Should -BeNullOrEmpty
    }

    Context 'after changes with ip and with Set-XenDomainNic' {
        BeforeAll {
            Invoke-OnHost a (@(
                    'ip link set xenbr0 type bridge vlan_filtering 1'
                    'ip link add link xenbr0 name xv.cmp type vlan id 340'
                    'ip addr add 10.34.0.1/24 dev xv.cmp'
                ) -join '; ')
            Set-XenDomainNic -HostName a @Ssh ftp-a 0 -AccessVlan 20 -Mtu 1400 -Scope Running -WarningAction Ignore
            $changed = Compare-XenSnapshot $TestDrive/before/a.json @Ssh
        }

        It 'show each by what it is' {
            $changed.HostName | Sort-Object -Unique | Should -Be 'a'
            $bridge = $changed | Where-Object { $_.Kind -eq 'Bridge' -and $_.Property -eq 'VlanFiltering' }
            $bridge.Subject, $bridge.Reference, $bridge.Difference | Should -Be 'xenbr0', 'false', 'true'
            $made = $changed | Where-Object { $_.Kind -eq 'VlanInterface' }
            $made.Subject, $made.Property, $made.Reference | Should -Be 'xv.cmp', $null, $null
            $made.Difference | Should -BeLike 'VLAN 340 on xenbr0,*10.34.0.1/24'
            $pvid = $changed | Where-Object { $_.Kind -eq 'PortVlans' -and $_.Subject -eq 'ftp-a:0' -and $_.Property -eq 'Pvid' }
            $pvid.Reference, $pvid.Difference | Should -Be '1', '20'
            $mtu = $changed | Where-Object { $_.Kind -eq 'DomainNic' -and $_.Subject -eq 'ftp-a:0' -and $_.Property -eq 'Mtu' }
            $mtu.Reference, $mtu.Difference | Should -Be '1500', '1400'
        }

        It 'show the same the other way round, and for snapshots in hand and from the pipeline' {
            $now = Get-XenHost -HostName a @Ssh
            $back = Compare-XenSnapshot $now $TestDrive/before/a.json
            @($back).Count | Should -Be @($changed).Count
            ($back | Where-Object Property -EQ VlanFiltering).Difference | Should -Be 'false'
            $piped = Get-XenHost -HostName a, b @Ssh | Compare-XenSnapshot (Get-ChildItem -LiteralPath $TestDrive/before)
            @($piped).Count | Should -Be @($changed).Count
        }

        It 'show how two hosts differ, and no Ethernet addresses' {
            $apart = Compare-XenSnapshot $TestDrive/before/b.json -DifferenceHostName a @Ssh
            $apart.HostName | Sort-Object -Unique | Should -Be 'b'
            $apart.DifferenceHostName | Sort-Object -Unique | Should -Be 'a'
            ($apart | Where-Object { $_.Kind -eq 'Interface' -and $_.Property -eq 'Mac' }) | Should -BeNullOrEmpty
            $apart | Where-Object { $_.Kind -eq 'Domain' -and $_.Difference -eq 'running' } | ForEach-Object Subject |
                Should -Be 'app-a', 'ftp-a'
        }
    }
}
