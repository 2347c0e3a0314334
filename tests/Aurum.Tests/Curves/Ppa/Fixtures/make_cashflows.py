"""Works out the cash flows of the contracts in Cashflows/*.json, hour by hour and independently of Aurum's code.

Run: python3 make_cashflows.py [folder]. It reads the "contract" and "view" of each file and writes its "expected". It knows only what
these contracts use. Money: each part of a month is rounded to the cent, half to even; sums are sums of rounded parts.
"""
import datetime as dt
import json
import pathlib
import sys
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

ZONES = {"ercot": "America/Chicago"}
HOLIDAYS = {dt.date(2027, 1, 1), dt.date(2027, 5, 31), dt.date(2027, 7, 5), dt.date(2027, 9, 6), dt.date(2027, 11, 25), dt.date(2027, 12, 25)}


def day(text):
    return dt.date.fromisoformat(text)


def cents(x):
    return Decimal(repr(round(x, 9))).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def last_of(month_first):
    return (month_first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def hours_of(first, last, zone):
    """(utc hour, local date, local hour) of each hour that the clock runs from a day to another, both included."""
    utc = dt.timezone.utc
    now = dt.datetime.combine(first, dt.time(), zone).astimezone(utc)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone).astimezone(utc)
    while now < end:
        local = now.astimezone(zone)
        yield now, local.date(), local.hour
        now += dt.timedelta(hours=1)


def on_peak(date, hour):
    return date.weekday() < 5 and date not in HOLIDAYS and 6 <= hour <= 21


def years_between(start, date):
    years = date.year - start.year
    anniversary = start.replace(year=date.year)
    return years if date >= anniversary else years - 1


def growth(price, start, date):
    e = price.get("escalator")
    if not e:
        return 1.0
    n = date.year - start.year if e.get("step") == "calendar_year" else years_between(start, date)
    return (1 + e["percent_per_year"] / 100) ** n


def step_value(steps, key, date):
    return [s[key] for s in steps if day(s["from"]) <= date][-1]


def contract_price(c, date, s):
    p, start = c["price"], day(c["start"])
    g, kind = growth(p, start, date), p["type"]
    if kind in ("fixed", "escalator"):
        x = p["price"] * g
    elif kind == "stepped":
        x = step_value(p["steps"], "price", date)
    elif kind == "share":
        k = p["price"] * g
        x = k + p["upside_percent"] / 100 * max(s - k, 0) - p["downside_percent"] / 100 * max(k - s, 0)
    elif p.get("reference") == "given":
        x = p.get("adder", 0) * g + p.get("factor", 1) * step_value(p["values"], "value", date)
    else:
        x = p.get("adder", 0) * g + p.get("factor", 1) * s
    if "floor" in p:
        x = max(x, p["floor"] * g)
    if "cap" in p:
        x = min(x, p["cap"] * g)
    return x


def volume_of(c, date, hour, month_hours):
    v, kind = c["volume"], c["volume"]["type"]
    inside = {"on_peak": on_peak(date, hour), "off_peak": not on_peak(date, hour)}.get(v.get("block"), True)
    if kind == "baseload":
        return v["capacity_mw"] if inside else 0.0
    if kind == "monthly_profile":
        amount = v["months"][date.month - 1]
        if v["unit"] == "mwh":
            block = v.get("block")
            n = sum(1 for _, d, h in month_hours if block is None or (on_peak(d, h) == (block == "on_peak")))
            amount /= n
        return amount if inside else 0.0
    mw = v["capacity_mw"] * v.get("share_percent", 100) / 100 * v["shape"]["factors"][date.month - 1][hour]
    origin = day(v.get("degradation_from", c["start"]))
    mw *= (1 - v.get("degradation_percent_per_year", 0) / 100) ** max(years_between(origin, date), 0)
    if v.get("exceedance") == "p90":
        mw *= v["p90_percent_of_p50"] / 100
    return mw * (v.get("proxy_percent", 100) if kind == "proxy_generation" else v.get("availability_percent", 100)) / 100


def prices_of(view, month_hours, month, rate):
    """The month's hourly prices at the hub: shape moved or stretched so that each block has its mean."""
    out = {}
    shape = view.get("shape")
    for block in view["forwards"]:
        member = {"all_hours": lambda d, h: True, "on_peak": on_peak, "off_peak": lambda d, h: not on_peak(d, h)}[block["block"]]
        mine = [(t, d, h) for t, d, h in month_hours if member(d, h)]
        forward = block["prices"].get(month.strftime("%Y-%m"), block["prices"].get("all")) * rate
        raw = [shape["hours"][h] if shape else 0.0 for _, _, h in mine]
        mean = sum(raw) / len(raw)
        for (t, _, _), r in zip(mine, raw):
            out[t] = r / mean * forward if shape and shape["kind"] == "ratio" else r - mean + forward
    return out


def basis_of(c, month):
    b = c["point"].get("basis")
    if not b:
        return 0.0
    if b["type"] == "fixed":
        return b["amount"]
    if b["type"] == "by_month":
        return b["amounts"][month.month - 1]
    return [m["amount"] for m in b["months"] if m["month"] == month.strftime("%Y-%m")][0]


def rate_on(c, date):
    d = c["discount"]
    if "annual_percent" in d:
        return d["annual_percent"]
    zs = [(day(z["date"]), z["annual_percent"]) for z in d["zero_curve"]]
    if date <= zs[0][0]:
        return zs[0][1]
    for (d0, r0), (d1, r1) in zip(zs, zs[1:]):
        if date <= d1:
            return r0 + (r1 - r0) * (date - d0).days / (d1 - d0).days
    return zs[-1][1]


def discount(c, valuation, date):
    return (1 + rate_on(c, date) / 100) ** (-(date - valuation).days / 365)


def low_hours(c, rows):
    n = c.get("negative_price", {"type": "none"})
    below = n.get("below", 0)
    if n["type"] in ("no_pay_below", "curtail"):
        return {r["t"] for r in rows if r["s"] < below}
    low, run = set(), []
    if n["type"] == "consecutive":
        for r in rows + [{"t": None, "s": below}]:
            if r["s"] < below:
                run.append(r["t"])
                continue
            if len(run) >= n["hours"]:
                low.update(run)
            run = []
    return low


def buyer_net(c, r, is_low):
    n, physical = c.get("negative_price", {"type": "none"}), c["settlement"]["type"] == "physical"
    if is_low and n["type"] == "curtail":
        return -n.get("compensation_percent", 0) / 100 * max(contract_price(c, r["d"], r["s"]), 0) * r["v"]
    if is_low:
        return r["s"] * r["v"] if physical else 0.0
    s = max(r["s"], 0) if n["type"] == "floor_zero" else r["s"]
    return (s - contract_price(c, r["d"], s)) * r["v"]


def work_out(c, view):
    zone, valuation = ZoneInfo(ZONES[c["market"]]), day(view["valuation_date"])
    first, last = max(day(c["start"]), valuation), day(c["end"])
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = last_of(month) + dt.timedelta(days=1)
    rate = view.get("fx", 1.0)
    rows = []
    for month in months:
        hours = list(hours_of(month, last_of(month), zone))
        hub = prices_of(view, hours, month, rate)
        rows += [{"t": t, "m": month, "d": d, "s": hub[t] + basis_of(c, month), "v": volume_of(c, d, h, hours)}
                 for t, d, h in hours if first <= d <= last]
    low = low_hours(c, rows)
    sign = 1 if c["side"] == "buyer" else -1
    curtails = c.get("negative_price", {}).get("type") == "curtail"
    sums = {}
    for month in months:
        mine = [r for r in rows if r["m"] == month]
        begin, end = max(month, first), min(last_of(month), last)
        days = (end - begin).days + 1
        expected = sum(r["v"] for r in mine)
        delivered = sum(r["v"] for r in mine if not (curtails and r["t"] in low))
        market = sum(r["s"] * r["v"] for r in mine)
        payment = sum(contract_price(c, r["d"], r["s"]) * r["v"] for r in mine)
        net = sum(buyer_net(c, r, r["t"] in low) for r in mine)
        taken = sum(r["s"] * r["v"] for r in mine if not (curtails and r["t"] in low))
        fees = c.get("fees", {}).get("per_mwh", 0) * delivered + c.get("fees", {}).get("per_month", 0) * days / last_of(month).day
        share = len(mine) / sum(1 for _ in hours_of(month, last_of(month), zone))
        sums[month] = dict(expected=expected, delivered=delivered, market=market, payment=payment, net=net, taken=taken, fees=fees,
                           share=share, band=0.0)
    band = c["volume"].get("band")
    for year in sorted({m.year for m in months}) if band else []:
        own = [m for m in months if m.year == year]
        days = (min(last, dt.date(year, 12, 31)) - max(first, dt.date(year, 1, 1))).days + 1
        part = days / (366 if year % 4 == 0 else 365)
        v, n, mk = (sum(sums[m][k] for m in own) for k in ("delivered", "net", "taken"))
        high, least = band.get("max_mwh", 1e30) * part, band.get("min_mwh", 0) * part
        change = 0.0
        if v > high:
            e = (v - high) / v
            change = -e * n + (e * (mk - band["excess_price"] * v) if band.get("excess") == "price" else 0)
        elif v < least and band.get("shortfall") == "replace":
            change = (least - v) * n / v
        elif v < least and band.get("shortfall") == "charge":
            change = (least - v) * band["shortfall_charge"]
        sums[own[-1]]["band"] = change
    credit = c.get("credit", {}).get("percent_per_year", 0) / 100 / 12
    flows, npv = [], Decimal(0)
    for i, month in enumerate(months):
        x = sums[month]
        owed = sum(abs(sums[m]["payment"]) for m in months[i:])
        parts = [cents(sign * x["market"]), cents(-sign * x["payment"]), cents(sign * (x["net"] - (x["market"] - x["payment"]))),
                 cents(sign * x["band"]), cents(-x["fees"]), cents(-credit * owed * x["share"])]
        paid = last_of(month) + dt.timedelta(days=c["discount"].get("payment_lag_days", 0))
        net = sum(parts)
        present = cents(float(net) * discount(c, valuation, paid))
        npv += present
        flows.append({"month": month.strftime("%Y-%m"), "payment_day": paid.isoformat(), "expected_mwh": round(x["expected"], 6),
                      "delivered_mwh": round(x["delivered"], 6), "market_value": str(parts[0]), "contract_payment": str(parts[1]),
                      "clause_effect": str(parts[2]), "band_effect": str(parts[3]), "fees": str(parts[4]),
                      "credit_charge": str(parts[5]), "net": str(net), "present_value": str(present)})
    upfront = c.get("upfront")
    if upfront:
        when = day(upfront.get("date", c["start"]))
        if when >= valuation:
            npv += cents(float(cents(-upfront["amount"])) * discount(c, valuation, when))
    return {"months": flows, "net_present_value": str(npv)}


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "Cashflows")
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text())
        case["expected"] = work_out(case["contract"], case["view"])
        path.write_text(json.dumps(case, indent=1) + "\n")
