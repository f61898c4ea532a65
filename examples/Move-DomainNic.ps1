<#
.SYNOPSIS
Puts NICs of domains on a VLAN, on many hosts, one host at a time, and stops at the first that does not work.
.DESCRIPTION
A host that cannot be reached after its change undoes it by itself, and the hosts after it are left alone. What comes out are
the NICs as they are then.
.EXAMPLE
./Move-DomainNic.ps1 -HostName xen1, xen2, xen3 -DomainName 'web*' -Bridge xenbr0 -VlanId 20 -WhatIf
.EXAMPLE
./Move-DomainNic.ps1 -HostName xen1, xen2, xen3 -DomainName 'web*' -Bridge xenbr0 -VlanId 20
#>
#Requires -Modules XenVlan

[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string[]] $HostName,
    [Parameter(Mandatory)] [string] $DomainName,
    [Parameter(Mandatory)] [string] $Bridge,
    [Parameter(Mandatory)] [int] $VlanId,
    # Running: what runs; Persistent: the configuration files; Both.
    [string] $Scope = 'Both',
    # How the hosts are reached, where ssh_config does not say it: @{ SshConfigFile = '...' }
    [hashtable] $Ssh = @{}
)

$ErrorActionPreference = 'Stop'
foreach ($name in $HostName) {
    $nics = Get-XenDomainNic -HostName $name @Ssh | Where-Object { $_.DomainName -like $DomainName -and $_.Bridge -eq $Bridge }
    if (-not $nics) {
        Write-Warning "Host $name has no NIC of a domain '$DomainName' on $Bridge."
        continue
    }

    # -WhatIf and -Confirm of this script hold for the cmdlets in it.
    $nics | Set-XenDomainNic -AccessVlan $VlanId -Scope $Scope -PassThru
}
