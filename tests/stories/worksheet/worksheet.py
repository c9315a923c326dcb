"""The story of tests/stories/worksheet.test.ts, worked out on paper once more: another language, exact fractions, no code of the product.

Run `python3 worksheet.py > worksheet.csv` in this folder. Amounts in minor units (fen, pence), quantities in pieces.
Columns: variant, step, measure, value. A balance is debit minus credit.

The story (one stocked item W, one service S, one customer, one supplier, warehouse may go below zero):
  opening       2026-01-01  100 W worth 500.00
  bill          2026-01-05  60 W at 7.00
  order         2026-01-06  120 W at 12.50 less 4 %, 1 S at 30.00, the whole order less 3.33
  deliver 1     2026-01-08  70 W, not invoiced
  invoice 1     2026-01-09  delivery 1 and S
  deliver 2     2026-01-10  50 W, not invoiced
  invoice 2     2026-01-12  delivery 2
  part payment  2026-01-15  800.00 by bank, for invoice 1
  rest          2026-01-16  all that is open, by bank
  return        2026-01-20  20 W of delivery 2, to stock, with credit note
  refund        2026-01-22  the credit note, in cash
  backdated     2026-01-04  a bill entered late: 40 W at 6.00
  late cost     2026-01-25  30.00 freight for the first bill, untaxed
  below zero    2026-01-28  130 W at 10.00, delivered and invoiced in one step
  covered       2026-01-30  a bill: 50 W at 8.00
"""
from fractions import Fraction


def half_up(x):
    """Half away from zero."""
    x = Fraction(x)
    n = (abs(x) * 2 + 1) // 2
    return int(n if x >= 0 else -n)


def spread(total, weights):
    """Largest remainder; ties to the first."""
    exact = [Fraction(total * w, sum(weights)) for w in weights]
    parts = [int(e) for e in exact]
    for i in sorted(range(len(parts)), key=lambda i: (-(exact[i] - parts[i]), i))[: total - sum(parts)]:
        parts[i] += 1
    return parts


VARIANTS = {
    # name: (rate, prices include tax, input tax is recovered, costing)
    "cn-small small inclusive average": (Fraction(1, 100), True, False, "average"),
    "cn-small general exclusive fifo": (Fraction(13, 100), False, True, "fifo"),
    "international exclusive average": (Fraction(20, 100), False, True, "average"),
    "international inclusive fifo": (Fraction(20, 100), True, True, "fifo"),
}


def taxed(amount, rate, inclusive):
    """(net, tax, gross) of an amount in the document's kind of price."""
    if inclusive:
        net = half_up(Fraction(amount) / (1 + rate))
        return net, amount - net, amount
    tax = half_up(amount * rate)
    return amount, tax, amount + tax


def replay(moves, costing):
    """Cost of every move in order of (day, number). A move: dict(key, day, no, qty (+in, -out), value or None, of)."""
    pool_q, pool_v = 0, 0
    layers, debts, values = [], [], {}
    last_unit = Fraction(0)
    for m in sorted(moves, key=lambda m: (m["day"], m["no"])):
        if m["qty"] > 0:
            value = m["value"]
            if value is None:  # a return: its share of what the original cost
                whole = -m["of"]["qty"]
                value = half_up(Fraction(values[m["of"]["key"]] * m["qty"], whole))
            values[m["key"]] = value
            left_q, left_v = m["qty"], value
            while debts and left_q > 0:  # goods below zero are paid back first, oldest first, at this cost
                debt = debts[0]
                part = min(debt["qty"], left_q)
                cost = left_v if part == left_q else half_up(Fraction(left_v * part, left_q))
                taken = debt["value"] if part == debt["qty"] else half_up(Fraction(debt["value"] * part, debt["qty"]))
                values[debt["key"]] += cost - taken
                debt["qty"] -= part
                debt["value"] -= taken
                left_q, left_v = left_q - part, left_v - cost
                if debt["qty"] == 0:
                    debts.pop(0)
            pool_q += left_q
            pool_v += left_v
            if left_q > 0:
                layers.append([left_q, left_v])
            last_unit = Fraction(value, m["qty"])
        else:
            want = -m["qty"]
            have = min(want, pool_q)
            if costing == "average":
                cost = 0 if have == 0 else (pool_v if have == pool_q else half_up(Fraction(pool_v * have, pool_q)))
                if pool_q:
                    last_unit = Fraction(pool_v, pool_q)
            else:
                cost, need = 0, have
                while need > 0:
                    q, v = layers[0]
                    part = min(q, need)
                    c = v if part == q else half_up(Fraction(v * part, q))
                    last_unit = Fraction(v, q)
                    layers[0] = [q - part, v - c]
                    if part == q:
                        layers.pop(0)
                    cost, need = cost + c, need - part
            pool_q -= have
            pool_v -= cost
            short = want - have
            if short:
                guess = half_up(last_unit * short)
                debts.append(dict(key=m["key"], qty=short, value=guess))
                cost += guess
            values[m["key"]] = cost
    return values, pool_q - sum(d["qty"] for d in debts), pool_v - sum(d["value"] for d in debts)


def story(rate, inclusive, recovers, costing):
    moves, direct = [], set()
    bal = dict.fromkeys(["receivable", "advances", "payable", "bank", "cash", "revenue", "output_tax", "input_tax", "clearing"], 0)
    invoiced = set()  # deliveries and returns whose cost is in cost of sales
    number = 0

    def move(key, day, qty, value=None, of=None):
        nonlocal number
        number += 1
        moves.append(dict(key=key, day=day, no=number, qty=qty, value=value, of=of))
        return moves[-1]

    def bill(key, day, pieces, price):
        net, tax, gross = taxed(pieces * price, rate, inclusive)
        m = move(key, day, pieces, net if recovers else gross)
        bal["payable"] -= gross
        bal["input_tax"] += tax if recovers else 0
        return m

    def post_invoice(net, tax, gross):
        bal["receivable"] += gross
        bal["revenue"] -= net
        bal["output_tax"] -= tax

    rows = []

    def check(step):
        values, qty, value = replay(moves, costing)
        sign = {m["key"]: (1 if m["qty"] < 0 else -1) for m in moves}
        sold = {k: v for k, v in values.items() if k.startswith(("deliver", "return", "below"))}
        cogs = sum(sign[k] * v for k, v in sold.items() if k in invoiced)
        delivered = sum(sign[k] * v for k, v in sold.items() if k not in invoiced)
        measures = dict(on_hand=qty, stock_value=value, goods_delivered=delivered, cost_of_sales=cogs, **bal)
        assert value + delivered + cogs + sum(bal.values()) == 0, (step, measures)
        rows.extend((step, k, v) for k, v in measures.items())

    move("opening", "2026-01-01", 100, 50000)
    bal["clearing"] -= 50000
    check("opening")
    first = bill("bill", "2026-01-05", 60, 700)
    check("bill")

    amounts = [120 * 1250 - half_up(Fraction(120 * 1250 * 4, 100)), 3000]
    parts = spread(333, amounts)
    goods = taxed(amounts[0] - parts[0], rate, inclusive)
    service = taxed(amounts[1] - parts[1], rate, inclusive)

    d1 = move("deliver1", "2026-01-08", -70)
    check("deliver 1")
    net1, gross1 = half_up(Fraction(goods[0] * 70, 120)), half_up(Fraction(goods[2] * 70, 120))
    inv1 = (net1 + service[0], gross1 - net1 + service[1], gross1 + service[2])
    post_invoice(*inv1)
    invoiced.add("deliver1")
    check("invoice 1")
    d2 = move("deliver2", "2026-01-10", -50)
    check("deliver 2")
    net2, gross2 = goods[0] - net1, goods[2] - gross1
    post_invoice(net2, gross2 - net2, gross2)
    invoiced.add("deliver2")
    check("invoice 2")
    bal["bank"] += 80000
    bal["receivable"] -= 80000
    check("part payment")
    rest = inv1[2] + gross2 - 80000
    bal["bank"] += rest
    bal["receivable"] -= rest
    check("rest")
    back_net, back_gross = half_up(Fraction(net2 * 20, 50)), half_up(Fraction(gross2 * 20, 50))
    move("return", "2026-01-20", 20, None, d2)
    post_invoice(-back_net, -(back_gross - back_net), -back_gross)
    invoiced.add("return")
    check("return")
    bal["cash"] -= back_gross
    bal["receivable"] += back_gross
    check("refund")
    bill("backdated", "2026-01-04", 40, 600)
    check("backdated")
    first["value"] += 3000
    bal["payable"] -= 3000
    check("late cost")
    net, tax, gross = taxed(130 * 1000, rate, inclusive)
    move("below", "2026-01-28", -130)
    post_invoice(net, tax, gross)
    invoiced.add("below")
    check("below zero")
    bill("covered", "2026-01-30", 50, 800)
    check("covered")
    return rows


print("variant,step,measure,value")
for name, given in VARIANTS.items():
    for step, measure, value in story(*given):
        print(f"{name},{step},{measure},{value}")
