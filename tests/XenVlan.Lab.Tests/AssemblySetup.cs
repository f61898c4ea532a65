using System.Runtime.Versioning;
using XenVlan.Lab.Tests;
using Xunit;

// All tests share two hosts, and the hosts share two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(LabFixture))]
[assembly: SupportedOSPlatform("linux")]
