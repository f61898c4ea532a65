# Loads the cmdlets through XenVlan.Loader, which keeps their libraries apart from those of other modules.

$folder = $PSScriptRoot
if (-not (Test-Path -LiteralPath (Join-Path -Path $folder -ChildPath XenVlan.Loader.dll))) {
    # In a checkout the assemblies are where the build staged the module.
    $folder = Join-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -ChildPath artifacts/module/XenVlan/module
    if (-not (Test-Path -LiteralPath $folder)) {
        throw ("XenVlan has not been built: '$folder' is missing. " +
            "Run 'dotnet build src/XenVlan.PowerShell', then import artifacts/module/XenVlan.")
    }
}

if (-not ('XenVlan.Loader.ModuleLoader' -as [type])) {
    Add-Type -LiteralPath (Join-Path -Path $folder -ChildPath XenVlan.Loader.dll)
}

$assembly = [XenVlan.Loader.ModuleLoader]::Load($folder)

# "Import-Module -Force" leaves the module of the assembly behind, and PowerShell then exports nothing of it:
# https://github.com/PowerShell/PowerShell/issues/20710
Get-Module -All | Where-Object -Property Path -EQ -Value $assembly.Location | Remove-Module -Force
Import-Module -Assembly $assembly
