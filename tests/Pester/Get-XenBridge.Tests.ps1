BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-XenBridge on this machine' {
    It 'reports a bridge that is not there' {
        $failure = Get-Failure { Get-XenBridge -Name nosuch }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.BridgeNotFound,*'
        $failure.TargetObject | Should -Be $ThisHost
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'says nothing of a pattern that matches nothing' {
        Get-XenBridge -Name nosuch* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'asks nobody where a snapshot is given' {
        $snapshot = (Get-XenHost).GetSnapshot()
        Get-Log { Get-XenBridge -Snapshot $snapshot } | Should -BeNullOrEmpty
    }
}

Describe 'Get-XenBridge on the lab' -Skip:$NoLab {
    BeforeAll {
        $Snapshots = (Get-XenHost -HostName a, b @Ssh).GetSnapshot()
        $FromA = $Snapshots | Where-Object HostName -EQ a
    }

    It 'shows xenbr0 with its uplink and the domains'' vifs' {
        $bridge = Get-XenBridge -Snapshot $FromA -Name xenbr0
        $bridge.Uplinks | Should -Be 'eth1'
        ($bridge.Ports | Where-Object Role -EQ Vif).DomainName | Sort-Object | Should -Be 'app-a', 'ftp-a'
    }

    It 'shows the bridges of all hosts whose snapshots are given' {
        Get-XenBridge -Snapshot $Snapshots -Name xenbr0 | ForEach-Object HostName | Should -Be $Snapshots.HostName
    }

    It 'takes wildcards' {
        Get-XenBridge -Snapshot $FromA -Name mgmt* | ForEach-Object Name | Should -Be 'mgmt0'
    }

    It 'tells upper from lower case, as Linux does' {
        Get-XenBridge -Snapshot $FromA -Name XENBR* | Should -BeNullOrEmpty
    }

    It 'shows what there is, and reports what there is not' {
        $shown = Get-XenBridge -Snapshot $FromA -Name xenbr0, nosuch -ErrorAction SilentlyContinue -ErrorVariable failures
        $shown.Name | Should -Be 'xenbr0'
        $failures.FullyQualifiedErrorId | Should -BeLike 'XenVlan.BridgeNotFound,*'
        $failures.TargetObject | Should -Be 'a'
    }

    It 'shows the bridges of a host only once, however many objects name it' {
        $nics = Get-XenDomainNic -Snapshot $FromA
        @($nics | Get-XenBridge -Snapshot $FromA).Count | Should -Be 2
    }

    It 'prints a table without the snapshot' {
        $text = Get-XenBridge -Snapshot $FromA | Out-String -Width 120
        $text | Should -Match 'eth1, vif1\.0, vif2\.0'
        $text | Should -Not -Match 'Snapshot'
    }
}
