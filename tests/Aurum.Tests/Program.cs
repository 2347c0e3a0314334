using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Kafka.Workers;
using Aurum.Tests.Engines.S3;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Scenarios.Requests;
using Aurum.Tests.Scenarios.Running;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Lake;
using Aurum.Tests.Ticks.Service;

namespace Aurum.Tests;

/// <summary>The test assembly as a program: what tests start in order to kill it.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => args switch
    {
        [CrashWriter.Verb, var folder] => CrashWriter.Run(folder, Console.Out),
        [LakeCrashWriter.Verb, var folder] => LakeCrashWriter.Run(folder, Console.Out),
        [S3CrashWriter.LakeVerb, var endpoint, var bucket] => S3CrashWriter.Commit(endpoint, bucket, Console.Out),
        [S3CrashWriter.ExportVerb, var endpoint, var bucket, var folder] =>
            await S3CrashWriter.Export(endpoint, bucket, folder, Console.Out),
        [TickCrashWriter.Verb, var folder, var messages] => await TickCrashWriter.Run(folder, messages, Console.Out),
        [RunCrashWorker.Verb, var folder] => await RunCrashWorker.Run(folder, Console.Out),
        [KafkaMockServer.Verb, var brokers] => KafkaMockServer.Run(brokers, Console.In, Console.Out),
        [KafkaMember.Verb, var brokers, var group, var topic, var folder] =>
            await KafkaMember.Run(brokers, group, topic, folder, Console.Out),
        [RequestWorkerProcess.Verb, .. var worker] => await RequestWorkerProcess.Run(worker),
        [TickWorkerProcess.Verb, .. var worker] => await TickWorkerProcess.Run(worker),
        _ => 2,
    };
}
