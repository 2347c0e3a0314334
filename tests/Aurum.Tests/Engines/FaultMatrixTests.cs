using Aurum.Tests.Architecture;
using Aurum.Tests.Engines.ClickHouse;
using Aurum.Tests.Engines.Iceberg;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Kafka.Workers;
using Aurum.Tests.Engines.LakeFs;
using Aurum.Tests.Engines.Lineage;
using Aurum.Tests.Engines.Postgres;
using Aurum.Tests.Engines.Redis;
using Aurum.Tests.Engines.Registry;
using Aurum.Tests.Engines.S3;
using Aurum.Tests.Engines.Vault;
using Aurum.Tests.Scenarios.Requests;

namespace Aurum.Tests.Engines;

/// <summary>Tables of docs/operations.md say what each fault does; here stands the test of each of their cells.</summary>
public sealed class FaultMatrixTests
{
    private const string Nothing = "-";

    /// <summary>Tests of a row: stopped, hangs, is full, refuses; <see cref="Nothing"/> where that can't be.</summary>
    private static readonly Dictionary<string, string[]> OfEngines = new()
    {
        ["PostgreSQL"] =
        [
            nameof(PostgresFaultTests.A_server_that_was_killed_is_reached_again_when_it_is_back_and_has_all_that_was_acknowledged)
            + nameof(PostgresCutTests.Deliveries_go_on_when_all_connections_were_cut_between_them),
            nameof(PostgresFaultTests.A_server_that_hangs_in_a_delivery_ends_it_in_time_and_takes_it_when_it_wakes),
            nameof(PostgresFaultTests.A_server_without_room_takes_nothing_of_a_delivery_and_all_of_it_when_there_is_room),
            nameof(PostgresFaultTests.A_server_that_refuses_to_write_says_so_and_is_read_as_before),
        ],
        ["Kafka"] =
        [
            nameof(KafkaFaultTests.Brokers_that_are_away_for_a_while_lose_nothing),
            nameof(KafkaFaultTests.Brokers_that_hang_make_a_batch_fail_in_time_and_go_on_afterwards),
            nameof(KafkaFaultTests.A_queue_that_stays_full_refuses_in_time),
            nameof(KafkaFaultTests.A_refused_message_is_told_with_topic_and_reason),
        ],
        ["Schema registry"] =
        [
            nameof(RegistryClientTests.Asks_for_what_it_needs_once_and_goes_on_while_the_registry_is_down),
            nameof(RegistryClientTests.One_that_does_not_answer_is_waited_for_no_longer_than_is_set),
            nameof(RegistryServiceTests.A_disk_that_is_full_is_said_and_nothing_of_the_request_is_kept),
            nameof(RegistryClientTests.Errors_carry_the_number_and_the_words_of_the_registry),
        ],
        ["ClickHouse"] =
        [
            nameof(ClickHouseFaultTests.A_running_server_does_not_notice_that_ClickHouse_is_gone_and_catches_up_by_itself),
            nameof(ClickHouseFaultTests.A_server_that_hangs_ends_a_request_in_time_and_the_copy_goes_on_when_it_wakes),
            nameof(ClickHouseFaultTests.A_server_without_room_is_told_in_its_own_words_and_has_all_when_there_is_room),
            nameof(ClickHouseClientTests.Who_may_only_read_or_has_asked_enough_is_told_so),
        ],
        ["Redis"] =
        [
            nameof(SharedAnswersTests.Requests_go_on_when_Redis_is_killed_under_them),
            nameof(HotReadsTests.A_frozen_Redis_is_waited_for_once),
            nameof(HotReadsTests.A_full_Redis_keeps_nothing_new_and_still_gives_what_it_has),
            nameof(RedisClientTests.A_wrong_password_is_told_without_repeating_it),
        ],
        ["S3"] =
        [
            nameof(SwiftObjectStoreTests.A_server_that_was_killed_is_used_again_when_it_is_back),
            nameof(SwiftObjectStoreTests.A_frozen_server_is_given_up_in_time_and_used_again_when_it_goes_on),
            nameof(SwiftObjectStoreTests.A_server_without_room_takes_nothing_of_an_object_and_all_of_it_when_there_is_room),
            nameof(SwiftObjectStoreTests.Wrong_keys_are_refused_by_name_without_printing_them),
        ],
        ["Iceberg REST catalog"] =
        [
            nameof(RestLakeTableTests.A_commit_of_which_nothing_can_be_learnt_leaves_its_files_and_says_so),
            nameof(SilentServerTests.A_catalog_of_the_lake_is_given_up_in_time),
            nameof(RestLakeTableTests.A_commit_that_was_not_done_is_looked_for_and_sent_again),
            nameof(RestLakeTableTests.A_conflict_is_made_anew_on_top_of_the_other_commit),
        ],
        ["lakeFS"] =
        [
            nameof(LakeFsMirrorTests.A_server_that_is_away_is_told_of_and_caught_up_with_later),
            nameof(SilentServerTests.LakeFS_is_given_up_in_time),
            nameof(LakeFsMirrorTests.A_server_that_is_away_is_told_of_and_caught_up_with_later),
            nameof(LakeFsMirrorTests.Whatever_request_is_lost_the_next_look_brings_it_to_the_same_end),
        ],
        ["Vault"] =
        [
            nameof(VaultSecretsTests.Values_go_on_while_Vault_is_sealed_or_down_until_the_grace_is_over),
            nameof(SilentServerTests.Vault_is_given_up_in_time),
            Nothing,
            nameof(VaultClientTests.A_way_in_that_is_refused_is_named_without_its_secrets),
        ],
        ["Lineage server"] =
        [
            nameof(LineageSenderTests.A_server_that_stumbles_is_tried_again_and_one_that_refuses_is_not),
            nameof(SilentServerTests.A_lineage_server_is_given_up_in_time),
            nameof(LineageSenderTests.A_queue_that_is_full_drops_the_oldest_and_holds_up_nobody),
            nameof(LineageSenderTests.A_server_that_stumbles_is_tried_again_and_one_that_refuses_is_not),
        ],
    };

    /// <summary>Tests of a row: killed, database away, brokers away, asked to stop.</summary>
    private static readonly Dictionary<string, string[]> OfProcesses = new()
    {
        ["`aurum worker`, `up`"] =
        [
            nameof(PostgresWorkersTests.Three_workers_bring_in_every_day_once_although_one_is_killed_and_the_server_restarts_and_freezes)
            + nameof(PostgresFrozenTests.A_worker_that_was_frozen_in_a_commit_stores_nothing_that_another_one_has_taken_over),
            nameof(PostgresWorkersTests.Three_workers_bring_in_every_day_once_although_one_is_killed_and_the_server_restarts_and_freezes),
            Nothing,
            nameof(PostgresWorkersTests.Three_workers_bring_in_every_day_once_although_one_is_killed_and_the_server_restarts_and_freezes)
            + nameof(PostgresFrozenTests.A_program_that_is_asked_to_end_while_its_database_is_frozen_ends_in_its_time),
        ],
        ["`aurum ticks worker`"] =
        [
            nameof(TickWorkerProcessTests.Processes_of_which_one_is_killed_under_load_give_the_bars_of_one_pipeline),
            nameof(TickWorkerFaultTests
                .A_store_that_is_stopped_or_hangs_under_load_is_waited_for_in_bounded_memory_and_nothing_is_lost_or_double),
            nameof(TickWorkerTests.Workers_wait_for_brokers_that_are_away_and_go_on_by_themselves),
            nameof(TickWorkerFaultTests.A_worker_that_is_asked_to_stop_stores_its_state_and_the_next_one_has_its_lanes_at_once),
        ],
        ["`aurum scenario worker`"] =
        [
            nameof(RequestWorkerProcessTests
                .Runs_of_two_workers_of_which_one_is_killed_end_once_with_the_bytes_that_the_server_itself_computes),
            nameof(RequestFaultTests.A_run_that_is_computed_while_the_database_is_away_ends_once_when_it_is_back),
            nameof(RequestWorkerTests
                .Orders_are_taken_while_brokers_are_away_and_what_a_worker_has_in_hand_is_told_when_they_are_back),
            nameof(RequestFaultTests.A_worker_that_is_asked_to_stop_puts_its_run_back_and_no_attempt_counts),
        ],
    };

    [Fact]
    public void Every_fault_of_an_engine_has_its_test() => Check("### When an engine fails", OfEngines);

    [Fact]
    public void Every_fault_of_a_process_has_its_test() => Check("### When a process of Aurum fails", OfProcesses);

    private static void Check(string heading, Dictionary<string, string[]> proofs)
    {
        var rows = Repository.Lines("docs/operations.md")
            .SkipWhile(line => line != heading)
            .SkipWhile(static line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(static cells => cells[0], static cells => cells[1..]);

        Assert.Equal(proofs.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(proofs[row.Key].Select(IsNothing), row.Value.Select(IsNothing)));
    }

    private static bool IsNothing(string cell) => cell == Nothing;
}
