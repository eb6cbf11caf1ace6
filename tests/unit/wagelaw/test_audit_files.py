"""The audit of files and Arrow tables: the same result by every door, in any order, and no row lost."""

from __future__ import annotations

import csv
import json
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet
import pytest

from wagelaw import cli_audit
from wagelaw.audit import BadOption, MissingColumns, Options, audit_files, audit_table, sources
from wagelaw.audit.kernel import REASONS
from wagelaw.cli_audit import Bar, run

SUNDAY = date(2025, 1, 5)
WORKERS = ["Ana", "Bo", "Chul-soo", "Dee", "Eun"]


def shifts(workers=WORKERS, weeks=6):
    """Ten-hour days, five a week, a meal too late on the first; each worker at another rate."""
    rows = []
    for at, worker in enumerate(workers):
        for week in range(weeks):
            for day in range(1, 6):
                rows.append(
                    {
                        "employer": "Acme" if at < 3 else "Bolt",
                        "worker": worker,
                        "date": SUNDAY + timedelta(days=7 * week + day),
                        "start": time(8),
                        "end": time(18, 30),
                        "meal_start": time(14) if day == 1 else time(12),
                        "meal_end": time(14, 30) if day == 1 else time(12, 30),
                        "rest_periods": 2,
                        "rate": Decimal("18.00") + at,
                    }
                )
    return pa.Table.from_pylist(rows)


def payments(workers=WORKERS, weeks=6):
    rows = [
        {
            "employer": "Acme" if at < 3 else "Bolt",
            "worker": worker,
            "from": SUNDAY + timedelta(days=7 * week),
            "to": SUNDAY + timedelta(days=7 * week + 6),
            "amount": Decimal("800.00"),
        }
        for at, worker in enumerate(workers)
        for week in range(weeks)
    ]
    return pa.Table.from_pylist(rows)


def backwards(table):
    return table.take(pa.array(range(table.num_rows - 1, -1, -1)))


def by_week(table):
    return sorted((row["employer"], row["worker"], row["week"], row["owed"]) for row in table.to_pylist())


def write(folder, name, table):
    path = folder / name
    parquet.write_table(table, path) if path.suffix == ".parquet" else arrow_csv.write_csv(table, path)
    return path


def test_a_week_by_hand():
    weeks, aside = audit_table(shifts(["Ana"], 1), payments(["Ana"], 1))
    row = weeks.to_pylist()[0]
    assert aside.num_rows == 0
    assert (row["week"], row["minutes"], row["regular_minutes"], row["overtime_minutes"]) == (SUNDAY, 3000, 2400, 600)
    assert row["due"] == Decimal("990.00")  # 40 × 18 + 10 × 27
    assert row["overtime"] == Decimal("190.00")  # 800 paid: 720 straight, 80 of the 270
    assert row["meal_premium"] == Decimal("18.00")  # one late meal
    assert row["rest_premium"] == Decimal("0.00")
    assert row["owed"] == Decimal("208.00")
    assert row["reporting_time"] is None  # nobody told what was scheduled


@pytest.mark.parametrize("kind", ["parquet", "csv"])
@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("threads", [1, 2])
def test_every_door_gives_the_same(tmp_path, kind, shuffled, threads, monkeypatch):
    monkeypatch.setattr(sources, "ROWS_A_BUCKET", 40)  # several files of neighbours even for so few rows
    expected, _ = audit_table(shifts(), payments())
    work, paid = (backwards(one) if shuffled else one for one in (shifts(), payments()))
    options = Options(rows_a_chunk=37, threads=threads)
    found = audit_files(
        write(tmp_path, f"s.{kind}", work), tmp_path / "out.parquet", write(tmp_path, f"p.{kind}", paid), None, options
    )
    weeks = parquet.read_table(found.files["weeks"])
    assert by_week(weeks) == by_week(expected)
    assert (found.rows, found.workers, found.weeks, found.rows_aside) == (150, 5, 30, 0)


def test_the_rates_may_stand_in_their_own_table():
    work = shifts().drop_columns(["rate"])
    terms = pa.Table.from_pylist(
        [
            {"employer": "Acme" if at < 3 else "Bolt", "worker": worker, "rate": str(18 + at)}
            for at, worker in enumerate(WORKERS)
        ]
    )
    assert by_week(audit_table(work, payments(), terms)[0]) == by_week(audit_table(shifts(), payments())[0])


def test_batches_of_whole_workers_may_go_apart():
    """The way of distributed engines: each group alone, in any order, comes to the same."""
    whole, _ = audit_table(shifts(), payments())
    apart = []
    for worker in reversed(WORKERS):
        mine = [one.filter(pc.equal(one.column("worker"), worker)) for one in (shifts(), payments())]
        apart.append(audit_table(mine[0].to_batches()[0], mine[1])[0])
    assert by_week(pa.concat_tables(apart)) == by_week(whole)


def test_totals_are_the_sums_of_the_weeks(tmp_path):
    found = audit_files(
        write(tmp_path, "s.parquet", shifts()), tmp_path / "out.parquet", write(tmp_path, "p.parquet", payments())
    )
    weeks, workers, employers = (
        parquet.read_table(found.files[name]).to_pylist() for name in ("weeks", "workers", "employers")
    )
    for total in workers:
        mine = [row for row in weeks if row["worker"] == total["worker"]]
        assert (total["weeks"], total["owed"]) == (len(mine), sum(row["owed"] for row in mine))
    assert [(one["employer"], one["workers"], one["weeks"]) for one in employers] == [("Acme", 3, 18), ("Bolt", 2, 12)]
    for total in employers:
        assert total["owed"] == sum(row["owed"] for row in weeks if row["employer"] == total["employer"])


def test_one_name_at_two_employers_is_two_workers():
    work = pa.concat_tables([shifts(["Ana"], 1), shifts(["x", "y", "z", "Ana"], 1).slice(15)])
    weeks, _ = audit_table(work, None)
    assert [(row["employer"], row["overtime_minutes"]) for row in weeks.to_pylist()] == [("Acme", 600), ("Bolt", 600)]


BAD = [
    ({"worker": ""}, "worker"),
    ({"date": "2025-02-30"}, "date"),
    ({"date": ""}, "date"),
    ({"start": "25:00"}, "start"),
    ({"end": "noon"}, "end"),
    ({"end": ""}, "clock_or_minutes"),
    ({"minutes": "480"}, "clock_or_minutes"),
    ({"minutes": "-5"}, "minutes"),
    ({"meal_start": "19:00", "meal_end": "19:30"}, "meal_outside"),
    ({"meal_start": "12:00", "meal_end": ""}, "meal_outside"),
    ({"rest_periods": "1.5"}, "rest_periods"),
    ({"rate": "-1"}, "rate"),
    ({"rate": "17.87005"}, "rate"),
    ({"rate": "NaN"}, "rate"),
    ({"rate": "99999999"}, "rate"),
    ({"place": "US-TX"}, "place"),
    ({"paid_minutes": "900"}, "longer_than_stretch"),
    ({"date": "1999-01-04"}, "not_in_tables"),
    ({"date": "2021-03-01"}, "size_needed"),
]


def text_rows(count=3):
    return [
        {
            "worker": "Ana",
            "date": f"2025-01-{6 + at:02d}",
            "start": "08:00",
            "end": "18:00",
            "minutes": "",
            "meal_start": "12:00",
            "meal_end": "12:30",
            "rest_periods": "2",
            "rate": "20.00",
            "paid_minutes": "",
            "place": "",
        }
        for at in range(count)
    ]


def csv_file(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(("change", "reason"), BAD)
def test_a_bad_row_is_set_aside_with_its_reason_and_the_rest_computed(tmp_path, change, reason):
    rows = text_rows()
    rows[1] |= change
    found = audit_files(csv_file(tmp_path / "s.csv", rows), tmp_path / "out.csv", language="es")
    with found.files["set_aside"].open(encoding="utf-8") as file:
        (aside,) = csv.DictReader(file)
    assert (aside["table"], aside["row"], aside["reason"]) == ("shifts", "2", reason)
    assert aside["why"]
    with found.files["weeks"].open(encoding="utf-8") as file:
        (week,) = csv.DictReader(file)
    assert week["minutes"] == "1140"  # the two good rows


def test_overlaps_and_days_of_more_than_24_hours_are_set_aside():
    base = {"worker": "Ana", "rate": "20"}
    rows = [
        {**base, "date": "2025-01-06", "start": "08:00", "end": "12:00", "minutes": None},
        {**base, "date": "2025-01-06", "start": "11:00", "end": "15:00", "minutes": None},
        {**base, "date": "2025-01-08", "start": None, "end": None, "minutes": 1000},
        {**base, "date": "2025-01-08", "start": None, "end": None, "minutes": 1000},
    ]
    weeks, aside = audit_table(pa.Table.from_pylist(rows))
    assert [(row["row"], row["reason"]) for row in aside.to_pylist()] == [
        (2, "overlap"),
        (3, "day_too_long"),
        (4, "day_too_long"),
    ]
    assert weeks.column("minutes").to_pylist() == [240]


def test_payments_and_terms_have_their_reasons_too():
    paid = [
        {"worker": "Ana", "from": "2025-01-05", "to": "2025-01-11", "amount": "100", "for": "any"},
        {"worker": "Ana", "from": "2025-01-12", "to": "2025-01-11", "amount": "100", "for": "any"},
        {"worker": "Ana", "from": "2025-01-05", "to": "2025-01-11", "amount": "", "for": "any"},
        {"worker": "Ana", "from": "2025-01-05", "to": "2025-01-11", "amount": "5", "for": "premium"},
        {"worker": "Zoe", "from": "2025-01-05", "to": "2025-01-11", "amount": "5", "for": "any"},
    ]
    terms = [
        {"worker": "Ana", "from": "2025-01-01", "to": "2025-03-01", "rate": "20"},
        {"worker": "Ana", "from": "2025-02-01", "to": "", "rate": "21"},
    ]
    _, aside = audit_table(pa.Table.from_pylist(text_rows()), pa.Table.from_pylist(paid), pa.Table.from_pylist(terms))
    assert [(row["table"], row["row"], row["reason"]) for row in aside.to_pylist()] == [
        ("payments", 2, "ends_before_start"),
        ("payments", 3, "amount"),
        ("payments", 4, "purpose"),
        ("payments", 5, "no_shifts"),
        ("terms", 2, "terms_overlap"),
    ]


def test_what_lacks_columns_is_refused(tmp_path):
    with pytest.raises(MissingColumns, match="shifts: no column date"):
        audit_table(pa.table({"worker": ["Ana"], "minutes": [5]}))
    with pytest.raises(MissingColumns, match="start, end"):
        audit_table(pa.table({"worker": ["Ana"], "date": ["2025-01-06"]}))
    paid = payments().drop_columns(["employer"])
    with pytest.raises(MissingColumns, match="payments: no column employer"):
        audit_files(write(tmp_path, "s.parquet", shifts()), tmp_path / "o.parquet", write(tmp_path, "p.parquet", paid))


@pytest.mark.parametrize(
    "more", [{"place": "US-TX"}, {"industry": "hotels"}, {"worker_class": "exempt"}, {"threads": 0}]
)
def test_an_option_must_be_a_known_word(more):
    with pytest.raises(BadOption) as caught:
        Options(**more)
    assert caught.value.name in more


def test_no_rows_give_empty_tables(tmp_path):
    found = audit_files(write(tmp_path, "s.parquet", shifts().slice(0, 0)), tmp_path / "o.parquet")
    assert [parquet.read_table(found.files[name]).num_rows for name in ("weeks", "workers", "employers")] == [0, 0, 0]


def test_the_command_says_what_it_did(tmp_path, capsys):
    work, paid = write(tmp_path, "s.parquet", shifts()), write(tmp_path, "p.parquet", payments())
    assert run([str(work), "--payments", str(paid), "--out", str(tmp_path / "o.parquet"), "--lang", "ko"]) == 0
    assert "주간 결과 30건" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["{d}/none.csv", "--out", "{d}/o.csv"], "cannot be read"),
        (["{d}/text.csv", "--out", "{d}/o.csv"], "not a table"),
        (["{d}/text.parquet", "--out", "{d}/o.csv"], "not a table"),
        (["{d}/s.csv", "--out", "{d}/o.csv", "--place", "US-TX"], "place: US-TX is not one of"),
        (["{d}/s.csv", "--out", "{d}/no/o.csv"], "cannot be read or written"),
        (["{d}/s.csv", "--out", "{d}/o.csv", "--worker-class", "agricultural"], "--headcount"),
    ],
)
def test_the_command_refuses_in_one_line(tmp_path, capsys, argv, line):
    rows = text_rows()
    rows[0]["date"] = "2024-06-03"
    csv_file(tmp_path / "s.csv", rows)
    (tmp_path / "text.csv").write_bytes(b"\xff\xfe nonsense \x00" * 1000)
    (tmp_path / "text.parquet").write_text("not a table")
    assert run([part.replace("{d}", str(tmp_path)) for part in argv]) == 2
    err = capsys.readouterr().err
    assert line in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_every_reason_has_words_in_every_language(language):
    path = Path(cli_audit.__file__).parent / "words" / f"audit_{language}.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    assert set(REASONS) - {"fine"} == set(said["reasons"])
    english = json.loads((path.parent / "audit_en.json").read_text(encoding="utf-8"))
    assert said.keys() == english.keys()


def test_the_bar_shows_how_far_it_has_come(capsys):
    bar = Bar("{share} {bar} {done}/{whole}", shown=True, clock=iter(range(100)).__next__)
    bar.show(50, 100)
    assert "50% " + "█" * 15 + "·" * 15 + " 50/100" in capsys.readouterr().err
    bar.clear()
    Bar("{share}", shown=False).show(1, 1)
    assert capsys.readouterr().err == "\r\x1b[K"
