using System.Runtime.Versioning;
using BenchmarkDotNet.Running;

[assembly: SupportedOSPlatform("linux")]

BenchmarkSwitcher.FromAssembly(typeof(XenVlan.Benchmarks.AllPairsBenchmarks).Assembly).Run(args);
