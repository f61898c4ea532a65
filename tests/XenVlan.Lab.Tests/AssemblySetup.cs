using System.Runtime.Versioning;
using XenVlan.Lab.Tests;
using Xunit;

// The tests on the two hosts without a disk run one after the other, and beside them those on hosts with a disk. An
// emulated host keeps about one core busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(LabFixture))]
[assembly: SupportedOSPlatform("linux")]
