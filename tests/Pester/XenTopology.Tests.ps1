BeforeDiscovery {
    $Commands = 'Invoke-XenTopology', 'Show-XenTopology', 'Test-XenTopology'
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe '<_>' -ForEach $Commands {
    BeforeAll {
        $Cmdlet = $_
        $Document = "$TestDrive/document.yaml"
    }

    It 'refuses a document that does not exist' {
        (Get-Failure { & $Cmdlet -Path $TestDrive/nosuch.yaml }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'names file, line and column of what a document says wrongly' {
        Set-Content -LiteralPath $Document -Value @(
            'apiVersion: xenvlan/v1'
            'hosts:'
            '  a:'
            '    vlanInterfaces:'
            '      eth0.10:'
            '        mtuu: 1400'
        )
        $failure = Get-Failure { & $Cmdlet -Path $Document }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.DocumentInvalid,*'
        $failure.Exception.Message | Should -Match 'document\.yaml:6:9: .*mtuu'
    }

    It 'reports a host that cannot be reached, with the host as target' {
        Set-Content -LiteralPath $Document -Value @(
            'apiVersion: xenvlan/v1'
            'hosts:'
            "  a: { address: $NoHost, vlanInterfaces: { eth0.10: { addresses: [10.10.0.1/24] } } }"
            '  b: { address: local, vlanInterfaces: { eth0.10: { addresses: [10.10.0.2/24] } } }'
            'expect:'
            '  - reachable: { vlan: 10, from: a, to: b }'
        )
        $failure = Get-Failure { & $Cmdlet -Path $Document }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        $failure.TargetObject | Should -Be $NoHost
    }
}
