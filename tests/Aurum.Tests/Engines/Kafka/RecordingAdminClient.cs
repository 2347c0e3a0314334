using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Confluent.Kafka's administrator: gives the answers that it was given, in their order, and keeps what it was asked.</summary>
internal sealed class RecordingAdminClient(params object[] answers) : IAdminClient
{
    private readonly Queue<object> _answers = new(answers);

    /// <summary>What is answered where ACLs are asked for.</summary>
    public Func<List<AclBinding>> Acls { get; init; } = static () => [];

    public List<object> Asked { get; } = [];

    public Handle Handle => throw new NotSupportedException();

    public string Name => "recording";

    public Metadata GetMetadata(TimeSpan timeout) => Answer<Metadata>(timeout);

    public Task<List<DescribeConfigsResult>> DescribeConfigsAsync(
        IEnumerable<ConfigResource> resources, DescribeConfigsOptions? options = null)
    {
        Asked.Add(options!);
        return Answer<Task<List<DescribeConfigsResult>>>(resources.ToList());
    }

    public Task CreateTopicsAsync(IEnumerable<TopicSpecification> topics, CreateTopicsOptions? options = null) =>
        Answer<Task>(topics.ToList());

    public Task CreatePartitionsAsync(
        IEnumerable<PartitionsSpecification> partitionsSpecifications, CreatePartitionsOptions? options = null) =>
        Answer<Task>(partitionsSpecifications.ToList());

    public Task<List<IncrementalAlterConfigsResult>> IncrementalAlterConfigsAsync(
        Dictionary<ConfigResource, List<ConfigEntry>> configs, IncrementalAlterConfigsOptions? options = null) =>
        Answer<Task<List<IncrementalAlterConfigsResult>>>(configs);

    public void Dispose()
    {
    }

    public List<GroupInfo> ListGroups(TimeSpan timeout) => throw new NotSupportedException();

    public GroupInfo ListGroup(string group, TimeSpan timeout) => throw new NotSupportedException();

    public Metadata GetMetadata(string topic, TimeSpan timeout) => throw new NotSupportedException();

    public Task DeleteGroupsAsync(IList<string> groups, DeleteGroupsOptions? options = null) => throw new NotSupportedException();

    public Task DeleteTopicsAsync(IEnumerable<string> topics, DeleteTopicsOptions? options = null) => throw new NotSupportedException();

    public Task AlterConfigsAsync(Dictionary<ConfigResource, List<ConfigEntry>> configs, AlterConfigsOptions? options = null) =>
        throw new NotSupportedException();

    public Task<List<DeleteRecordsResult>> DeleteRecordsAsync(
        IEnumerable<TopicPartitionOffset> topicPartitionOffsets, DeleteRecordsOptions? options = null) =>
        throw new NotSupportedException();

    public Task CreateAclsAsync(IEnumerable<AclBinding> aclBindings, CreateAclsOptions? options = null) =>
        throw new NotSupportedException();

    public Task<DescribeAclsResult> DescribeAclsAsync(AclBindingFilter aclBindingFilter, DescribeAclsOptions? options = null) =>
        Task.FromResult(new DescribeAclsResult { AclBindings = Acls() });

    public Task<List<DeleteAclsResult>> DeleteAclsAsync(
        IEnumerable<AclBindingFilter> aclBindingFilters, DeleteAclsOptions? options = null) =>
        throw new NotSupportedException();

    public Task<DeleteConsumerGroupOffsetsResult> DeleteConsumerGroupOffsetsAsync(
        string group, IEnumerable<TopicPartition> partitions, DeleteConsumerGroupOffsetsOptions? options = null) =>
        throw new NotSupportedException();

    public Task<List<AlterConsumerGroupOffsetsResult>> AlterConsumerGroupOffsetsAsync(
        IEnumerable<ConsumerGroupTopicPartitionOffsets> groupPartitions, AlterConsumerGroupOffsetsOptions? options = null) =>
        throw new NotSupportedException();

    public Task<List<ListConsumerGroupOffsetsResult>> ListConsumerGroupOffsetsAsync(
        IEnumerable<ConsumerGroupTopicPartitions> groupPartitions, ListConsumerGroupOffsetsOptions? options = null) =>
        throw new NotSupportedException();

    public Task<ListConsumerGroupsResult> ListConsumerGroupsAsync(ListConsumerGroupsOptions? options = null) =>
        throw new NotSupportedException();

    public Task<DescribeConsumerGroupsResult> DescribeConsumerGroupsAsync(
        IEnumerable<string> groups, DescribeConsumerGroupsOptions? options = null) => throw new NotSupportedException();

    public Task<DescribeUserScramCredentialsResult> DescribeUserScramCredentialsAsync(
        IEnumerable<string> users, DescribeUserScramCredentialsOptions? options = null) => throw new NotSupportedException();

    public Task AlterUserScramCredentialsAsync(
        IEnumerable<UserScramCredentialAlteration> alterations, AlterUserScramCredentialsOptions? options = null) =>
        throw new NotSupportedException();

    public int AddBrokers(string brokers) => throw new NotSupportedException();

    public void SetSaslCredentials(string username, string password) => throw new NotSupportedException();

    private T Answer<T>(object asked)
    {
        Asked.Add(asked);
        return (T)_answers.Dequeue();
    }
}
