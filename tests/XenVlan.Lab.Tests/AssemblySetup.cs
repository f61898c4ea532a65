using System.Runtime.Versioning;
using XenVlan.Lab.Tests;
using Xunit;

// An emulated host keeps about one core busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(LabFixture))]
[assembly: SupportedOSPlatform("linux")]
