BeforeDiscovery {
    $Commands = Get-Command -Module XenVlan | ForEach-Object Name
}

Describe 'The help of <_>' -ForEach $Commands {
    BeforeAll {
        $Help = Get-Help -Name $_ -Full
        $Command = Get-Command -Name $_
        $Common = [System.Management.Automation.Cmdlet]::CommonParameters
    }

    It 'has a synopsis and a description' {
        $Help.Synopsis | Should -Match '^[A-Z].*\.$'
        $Help.Description.Text | Should -Not -BeNullOrEmpty
    }

    It 'has a text for every parameter, and no parameter that is not there' {
        $written = $Help.parameters.parameter | Where-Object { $_.description.Text } | ForEach-Object name | Sort-Object
        $written | Should -Be ($Command.Parameters.Keys | Where-Object { $_ -notin $Common } | Sort-Object)
    }

    It 'has at least two examples, which PowerShell can read' {
        $code = @($Help.examples.example.code)
        $code.Count | Should -BeGreaterOrEqual 2
        foreach ($example in $code) {
            $line = ($example -split "`n`n")[0] -replace '^PS> '
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($line, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty -Because $line
        }
    }

    It 'uses in its examples only parameters that are there' {
        foreach ($example in $Help.examples.example.code) {
            $line = ($example -split "`n`n")[0] -replace '^PS> '
            $ast = [System.Management.Automation.Language.Parser]::ParseInput($line, [ref]$null, [ref]$null)
            foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $used = $call.CommandElements |
                    Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object ParameterName
                $known = (Get-Command -Name $call.GetCommandName()).Parameters.Keys
                $used | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty -Because $call.Extent.Text
            }
        }
    }
}

Describe 'The help as a whole' {
    It 'has a page about XenVlan that names every command' {
        $about = Get-Help -Name about_XenVlan | Out-String
        Get-Command -Module XenVlan | Where-Object { $about -notmatch $_.Name } | Should -BeNullOrEmpty
    }

    It 'lists every error id' {
        $about = Get-Help -Name about_XenVlan | Out-String
        $ids = (Get-XenHost).GetType().Assembly.GetType('XenVlan.Model.ErrorIds').GetFields().GetRawConstantValue()
        $ids.Count | Should -BeGreaterThan 20
        $ids | Where-Object { $about -notmatch [regex]::Escape($_) } | Should -BeNullOrEmpty
    }

    It 'is made of the Markdown in docs' {
        foreach ($name in (Get-Command -Module XenVlan).Name) {
            $page = Get-Content -LiteralPath "$PSScriptRoot/../../docs/en-US/$name.md" -Raw
            $page | Should -Match ([regex]::Escape((Get-Help -Name $name).Synopsis))
        }
    }
}
