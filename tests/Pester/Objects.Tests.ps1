# What objects are in the hands of PowerShell: in JSON, in CSV, in arithmetic.

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = Join-Path $PSScriptRoot '../XenVlan.Core.Tests/Data'
    $Files = (Get-ChildItem -Path $folder/paths-xen-4.17-debian-12/undescribed-wire -Filter *.json).FullName
    $Hosts = @(Get-XenHost -Snapshot $Files)
    $Bridges = @(Get-XenBridge -Snapshot $Files)
    $Links = @(Get-XenVlanInterface -Snapshot $Files)
    $Nics = @(Get-XenDomainNic -Snapshot $Files)
}

Describe 'An object' {
    It 'is JSON of names, numbers and texts, with no snapshot inside' {
        foreach ($one in $Hosts[0], $Bridges[0], $Nics[0], $Links[0]) {
            $json = $one | ConvertTo-Json -Depth 10
            $json.Length | Should -BeLessThan 6000
            $json | Should -Not -BeLike '*"Snapshot"*'
            $json | Should -Not -BeLike '*"Value":*'
            ($json | ConvertFrom-Json).HostName | Should -Be $one.HostName
        }

        ($Nics[0] | ConvertTo-Json | ConvertFrom-Json).AllowedVlans | Should -Be '1-4094'
        ($Nics[0] | ConvertTo-Json | ConvertFrom-Json).Mac | Should -Match '^([0-9a-f]{2}:){5}[0-9a-f]{2}$'
        $link = $Links | Where-Object { $_.Addresses } | Select-Object -First 1
        $back = $link | ConvertTo-Json | ConvertFrom-Json
        $back.VlanId | Should -BeOfType [long]
        $back.VlanId | Should -Be $link.VlanId
        $back.Addresses | Should -Be $link.Addresses
    }

    It 'is a line of CSV that says what people look for' {
        $row = $Nics[0] | ConvertTo-Csv | ConvertFrom-Csv
        $row.HostName | Should -Be $Nics[0].HostName
        $row.Mac | Should -Be $Nics[0].Mac
        $row.AllowedVlans | Should -Be '1-4094'
        ($Nics[0] | ConvertTo-Csv)[0] | Should -Not -BeLike '*Snapshot*'
    }

    It 'has VLANs that are numbers' {
        $id = $Links[0].VlanId
        $id | Should -BeOfType [int]
        ($id + 1) - 1 | Should -Be $id
        '{0:0000}' -f $id | Should -Match '^\d{4}$'
        @{ $id = 'x' }[[int]"$id"] | Should -Be 'x'
    }

    It 'is read-only: <Type>' -ForEach @(
        foreach ($type in 'Host', 'Bridge', 'BridgePort', 'DomainNic', 'VlanInterface', 'Transaction', 'VlanPathResult') {
            @{ Type = "Xen$type" }
        }
    ) {
        $type = $Hosts[0].GetType().Assembly.GetType("XenVlan.Model.$Type")
        $type.GetProperties() | Where-Object { $_.GetSetMethod() } | ForEach-Object Name | Should -BeNullOrEmpty
    }

    It 'is no snapshot where it was made from none' {
        $transaction = [Activator]::CreateInstance($Hosts[0].GetType().Assembly.GetType('XenVlan.Model.XenTransaction'))
        $failure = Get-Failure { Get-XenBridge -Snapshot $transaction }
        $failure.FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgument*'
    }

    It 'knows its host, also as part of another' {
        $Bridges.Ports | ForEach-Object HostName | Sort-Object -Unique | Should -BeIn $Hosts.HostName
        $Bridges[0].Ports.Bridge | Sort-Object -Unique | Should -Be $Bridges[0].Name
    }

    It 'gives the snapshot that it was made from' {
        Get-XenBridge -Snapshot $Bridges[0].GetSnapshot() | ForEach-Object Name | Should -Contain $Bridges[0].Name
        Get-XenBridge -Snapshot $Hosts | ForEach-Object Name | Should -Be $Bridges.Name
    }
}
