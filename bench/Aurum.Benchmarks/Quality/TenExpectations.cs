namespace Aurum.Benchmarks.Quality;

/// <summary>The suite that the figure is about: seven expectations of rows, three of the batch.</summary>
internal static class TenExpectations
{
    public const string Yaml =
        """
        suite: ten
        limits:
          prices:
            - { iso_code: CAISO, iso_market: "*", floor: -150, cap: 1000 }
            - { iso_code: CAISO, iso_market: "*", from: 2021-03-20, floor: -150, cap: 2000 }
        expectations:
          - { type: expect_column_values_to_not_be_null, column: lmp, severity: row }
          - { type: expect_column_values_to_be_in_set, column: location_type, value_set: [NODE, ZONE, HUB], severity: row }
          - { type: expect_column_value_lengths_to_be_between, column: location_id, min_value: 1, max_value: 64, severity: row }
          - { type: expect_price_within_market_limits, column: lmp, limits: prices, severity: row, mostly: 0.95 }
          - { type: expect_components_to_sum_to_lmp, severity: row, mostly: 0.95 }
          - { type: expect_interval_in_operating_day, severity: row }
          - { type: expect_no_conflicting_duplicates, severity: row }
          - { type: expect_exact_interval_count_of_operating_day, severity: batch }
          - { type: expect_intervals_to_tile, severity: warn }
          - { type: expect_known_locations_complete, severity: batch, mostly: 0.98 }
        """;
}
