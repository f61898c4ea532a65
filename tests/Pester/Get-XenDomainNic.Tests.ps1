BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-XenDomainNic on this machine' {
    It 'reports a domain that does not run' {
        $failure = Get-Failure { Get-XenDomainNic -DomainName nosuch }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.DomainNotFound,*'
        $failure.TargetObject | Should -Be $ThisHost
    }

    It 'reports a bridge that is not there' {
        (Get-Failure { Get-XenDomainNic -Bridge nosuch }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.BridgeNotFound,*'
    }
}

Describe 'Get-XenDomainNic on the lab' -Skip:$NoLab {
    BeforeAll {
        $FromA = (Get-XenHost -HostName a @Ssh).GetSnapshot()
    }

    It 'shows each NIC of each domain' {
        $nics = Get-XenDomainNic -Snapshot $FromA
        $nics | ForEach-Object { "$($_.DomainName) $($_.Index) $($_.Bridge)" } | Sort-Object |
            Should -Be 'app-a 0 xenbr0', 'app-a 1 mgmt0', 'ftp-a 0 xenbr0', 'ftp-a 1 mgmt0'
    }

    It 'shows NICs that are connected' {
        (Get-XenDomainNic -Snapshot $FromA).State | Sort-Object -Unique | Should -Be 'Connected'
    }

    It 'limits to domains, by pattern, and to indexes' {
        Get-XenDomainNic ftp-* 0 -Snapshot $FromA | ForEach-Object DomainName | Should -Be 'ftp-a'
    }

    It 'limits to bridges' {
        Get-XenDomainNic -Bridge mgmt0 -Snapshot $FromA | ForEach-Object Index | Should -Be 1, 1
    }

    It 'limits to a backend interface' {
        $vif = (Get-XenDomainNic ftp-a 0 -Snapshot $FromA).Vif
        Get-XenDomainNic -Vif $vif -Snapshot $FromA | ForEach-Object { "$($_.DomainName) $($_.Index)" } | Should -Be 'ftp-a 0'
    }

    It 'shows the NICs of a bridge that is piped in' {
        Get-XenBridge -Snapshot $FromA -Name xenbr0 | Get-XenDomainNic -Snapshot $FromA | ForEach-Object Bridge |
            Should -Be 'xenbr0', 'xenbr0'
    }

    It 'shows a NIC that is piped in again' {
        $nic = Get-XenDomainNic ftp-a 0 -Snapshot $FromA
        $nic | Get-XenDomainNic -Snapshot $FromA | ForEach-Object { "$($_.DomainName) $($_.Index)" } | Should -Be 'ftp-a 0'
    }

    It 'reports a NIC that the domain does not have' {
        $failure = Get-Failure { Get-XenDomainNic ftp-a 0, 9 -Snapshot $FromA }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.NicNotFound,*'
        $failure.TargetObject | Should -Be 'a'
    }
}

Describe 'A pipeline' -Skip:$NoLab {
    It 'makes one connection and runs one script for all its commands' {
        # A connection that an earlier test left open would count for nothing.
        Remove-Module -Name XenVlan
        Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath ../../artifacts/module/XenVlan/XenVlan.psd1) -Scope Global
        $log = Get-Log { Get-XenBridge -HostName a @Ssh | Get-XenDomainNic | Get-XenBridge }
        @($log | Where-Object { $_ -like 'Connecting to a *' }).Count | Should -Be 1
        @($log | Where-Object { $_ -like 'Ran one script on a *' }).Count | Should -Be 1
    }

    It 'reads a host anew for an object that was kept, and reaches it as before' {
        $kept = Get-XenBridge -HostName a -Name xenbr0 @Ssh
        $log = Get-Log { $script:nics = $kept | Get-XenDomainNic }
        @($log | Where-Object { $_ -like 'Ran one script on a *' }).Count | Should -Be 1
        $nics[0].GetSnapshot().Timestamp | Should -BeGreaterThan $kept.GetSnapshot().Timestamp
    }
}
