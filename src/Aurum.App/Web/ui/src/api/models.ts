/** Scenarios and power purchase agreements, as the server answers them. */

export interface Effect {
  component: string;
  delta: number;
}

export interface Driver {
  driver_type: string;
  payload: Record<string, unknown>;
}

export interface Scenario {
  id: string;
  name: string;
  description: string | null;
  status: "created" | "active" | "archived";
  assumptions: Driver[];
  tags: string[];
  created_at: string;
  updated_at: string;
  version: number;
}

export type RunStatus = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "timeout";

export interface ScenarioRun {
  id: string;
  scenario_id: string;
  scenario_version: number;
  status: RunStatus;
  input_hash: string;
  completed_at: string | null;
  duration_seconds: number | null;
  error_message: string | null;
  progress_percent: number | null;
  created_at: string;
  output_rows: number;
  output_hash: string | null;
  explanation: string[];
}

export interface Period {
  tenor_type: "MONTHLY" | "QUARTER" | "SEASON" | "CALENDAR";
  contract_month: string;
  tenor_label: string;
}

export interface ScenarioOutput extends Period {
  run_id: string;
  asof_date: string;
  curve_key: string;
  curve_name: string;
  metric: string;
  unit: string;
  base: number;
  value: number;
  band_lower: number;
  band_upper: number;
  attribution: Effect[];
  version_hash: string;
}

export interface ScenarioDifference extends Period {
  curve_key: string;
  curve_name: string;
  unit: string;
  value_a: number;
  value_b: number;
  diff_abs: number;
  diff_pct: number | null;
  attribution: Effect[];
}

export interface PpaContract {
  ppa_contract_id: string;
  instrument_id: string | null;
  version: number;
  terms: { name?: string; counterparty?: string } & Record<string, unknown>;
  terms_sha256: string;
  updated_at: string;
}

export interface PpaTerm {
  term: string;
  text: string;
}

export interface PpaMetric {
  valuation_id: string;
  asof_date: string;
  scenario_id: string | null;
  metric: string;
  value: number;
  currency: string;
  ingested_at: string;
}

export interface PpaCashflow {
  month: string;
  payment_date: string;
  expected_mwh: number;
  delivered_mwh: number;
  capture_price: number | null;
  contract_price: number | null;
  market_value: number;
  contract_payment: number;
  clause_effect: number;
  band_effect: number;
  fees: number;
  credit_charge: number;
  net: number;
  discount_factor: number;
  present_value: number;
}

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface PpaRisk {
  paths: number;
  seed: number;
  statistics: (Estimate & { metric: string; label: string })[];
  years: { year: number; mean: Estimate; p5: Estimate; p95: Estimate; cashflow_at_risk95: Estimate }[];
  months: { month: string; mean: number; p5: number; p95: number }[];
}

export interface PpaResult {
  contract: string;
  side: "buyer" | "seller";
  counterparty: string;
  technology: string;
  start: string;
  end: string;
  valuation_date: string;
  asof_date: string;
  known_at: string;
  scenario_id: string | null;
  run_id: string | null;
  currency: string;
  npv: number;
  irr: number | null;
  break_even_price: number | null;
  levelised_price: number | null;
  capture: { mean_price: number; capture_price: number | null; capture_rate: number | null; rate_without_cannibalisation: number | null };
  cashflows: PpaCashflow[];
  parts: { name: string; label: string; value: number; total: number }[];
  deltas: { tenor: string; label: string; month: string; value: number }[];
  sensitivities: { name: string; down_label: string; up_label: string; down: number; up: number }[];
  risk: PpaRisk | null;
  notes: string[];
}

export interface CurvePin {
  name?: string;
  curve_key?: string;
  [field: string]: unknown;
}

export interface PpaValuation {
  valuation_id: string | null;
  ppa_contract_id: string | null;
  contract_version: number | null;
  computed_at: string | null;
  version_hash: string;
  manifest_sha256: string;
  input_sha256: string;
  result: PpaResult;
  manifest: Record<string, unknown>;
}
