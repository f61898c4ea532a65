@{
    RootModule           = 'module/XenVlan.PowerShell.dll'
    NestedModules        = @('module/XenVlan.Loader.dll')
    ModuleVersion        = '0.1.0'
    GUID                 = '6f2a3c1e-5b0d-4e0c-9a37-2d9c1f7e8b45'
    Author               = 'XenVlan contributors'
    CompanyName          = 'XenVlan contributors'
    Copyright            = 'Copyright (c) XenVlan contributors'
    Description          = 'Shows, changes, checks and explains 802.1Q VLANs on Xen hosts, here or on many hosts over SSH.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('module/XenVlan.Format.ps1xml')
    TypesToProcess       = @('module/XenVlan.Types.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Compare-XenSnapshot'
        'Confirm-XenTransaction'
        'Get-XenBridge'
        'Get-XenDomainNic'
        'Get-XenHost'
        'Get-XenTransaction'
        'Get-XenVlanInterface'
        'Invoke-XenTopology'
        'New-XenVlanInterface'
        'Set-XenVlanInterface'
        'Remove-XenVlanInterface'
        'Save-XenSnapshot'
        'Set-XenDomainNic'
        'Show-XenTopology'
        'Test-XenTopology'
        'Test-XenVlanPath'
        'Undo-XenTransaction'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('Xen', 'VLAN', '802.1Q', 'Network', 'Bridge', 'Linux', 'PSEdition_Core')
        }
    }
}
