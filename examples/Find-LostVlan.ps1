<#
.SYNOPSIS
Which VLANs do not get from one host to another, at which hop do they end, and what fixes it?
.DESCRIPTION
Takes each VLAN interface of the first host that has an address, sends frames from it to the other host, and gives one
object for each VLAN that does not arrive, or of which that is not known. Nothing is changed.
.EXAMPLE
./Find-LostVlan.ps1 -From xen1 -To xen2 | Format-List
.EXAMPLE
'xen2', 'xen3', 'xen4' | ForEach-Object { ./Find-LostVlan.ps1 -From xen1 -To $_ } | Export-Csv lost.csv
#>
#Requires -Modules XenVlan

param(
    [Parameter(Mandatory)] [string] $From,
    [Parameter(Mandatory)] [string] $To,
    # How the hosts are reached, where ssh_config does not say it: @{ SshConfigFile = '...' }
    [hashtable] $Ssh = @{}
)

Get-XenVlanInterface -HostName $From @Ssh |
    Where-Object { $_.Addresses } |
    Test-XenVlanPath -To $To |
    # Three answers: $true, $false, and $null for what is not known. Only the first is one to rely on.
    Where-Object { $_.Reachable -ne $true } |
    Select-Object VlanId, From, To, Reachable, LostAt, Reason, Explanation, Fix
