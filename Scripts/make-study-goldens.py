"""Writes Tests/Goldens/readerstudy/statistics.json: what scipy, statsmodels, scikit-learn,
krippendorff, irrCAC and confidenceinterval make of small tables of readings.

    python3 -m venv .venv-study
    .venv-study/bin/pip install --no-deps -r Scripts/make-study-goldens.requirements.txt
    .venv-study/bin/pip install joblib packaging patsy python-dateutil threadpoolctl
    .venv-study/bin/python Scripts/make-study-goldens.py

Each value carries the expression that made it; the expression itself is evaluated here.
(`--no-deps`: irrCAC asks for old versions that it does not need.)
"""

import json
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from confidenceinterval.delong import delong_roc_variance
from irrCAC.raw import CAC
from scipy import optimize, stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score, roc_auc_score, roc_curve
from statsmodels.stats.contingency_tables import cochrans_q, mcnemar
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa, to_table
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

FILE = Path(__file__).resolve().parent.parent / "Tests/Goldens/readerstudy/statistics.json"
values, data = {}, {}


def golden(name, expression):
    """Evaluates an expression and keeps it with its flattened value."""
    result = np.asarray(eval(expression), dtype=float).ravel()
    assert np.isfinite(result).all(), (name, result)
    values[name] = {"source": expression, "values": result.tolist()}


def keep(name, rows):
    """Keeps input data; NaN becomes null."""
    rows = np.atleast_2d(np.asarray(rows, dtype=float))
    data[name] = [[None if np.isnan(v) else float(v) for v in row] for row in rows]


# Distributions

golden("normal.cdf", "stats.norm.cdf([-30, -8.2, -1.96, 0, 0.3, 5])")
golden("normal.ppf", "stats.norm.ppf([1e-30, 1e-9, 0.025, 0.5, 0.77, 0.999999])")
golden("beta.cdf", "[stats.beta.cdf(x, a, b) for a, b in [(0.5, 0.5), (3, 18), (200, 150), (1e4, 2e4)] "
       "for x in [1e-6, 0.1, 0.3333, 0.56, 0.999]]")
golden("beta.ppf", "[stats.beta.ppf(p, a, b) for a, b in [(0.5, 0.5), (3, 18), (200, 150), (1e4, 2e4)] "
       "for p in [1e-9, 0.025, 0.5, 0.975]]")
golden("gamma.cdf", "[stats.gamma.cdf(x, a) for a in [0.5, 1, 7.3, 300] for x in [1e-3, 0.9, 8, 290, 350]]")
golden("gamma.sf", "[stats.gamma.sf(x, a) for a in [0.5, 1, 7.3, 300] for x in [1e-3, 0.9, 8, 290, 350]]")
golden("gamma.ppf", "[stats.gamma.ppf(p, a) for a in [0.5, 1, 7.3, 300] for p in [1e-6, 0.025, 0.5, 0.975, 0.9999]]")
golden("chi2.sf", "[stats.chi2.sf(x, k) for k in [1, 2, 9] for x in [0.01, 3.841459, 40, 700]]")
golden("chi2.ppf", "[stats.chi2.ppf(p, k) for k in [1, 2, 9] for p in [0.001, 0.5, 0.95]]")
golden("t.cdf", "[stats.t.cdf(t, k) for k in [1, 2.5, 15.259675, 400] for t in [-12, -2.1109995, -1e-5, 0, 0.7, 30]]")
golden("t.ppf", "[stats.t.ppf(p, k) for k in [1, 2.5, 15.259675, 400] for p in [1e-6, 0.025, 0.5, 0.6, 0.975]]")
golden("f.sf", "[stats.f.sf(x, a, b) for a, b in [(1, 15.259675), (3, 2.2), (40, 60)] for x in [1e-4, 1, 4.4563187, 90]]")
golden("f.ppf", "[stats.f.ppf(p, a, b) for a, b in [(1, 15.259675), (3, 2.2), (40, 60)] for p in [0.01, 0.5, 0.95]]")
golden("binomial.pmf", "[stats.binom.pmf(k, n, p) for n, p in [(20, 0.5), (7, 0.03), (1000, 0.61)] for k in [0, 3, 7]]")
golden("binomial.cdf", "[stats.binom.cdf(k, n, p) for n, p in [(20, 0.5), (7, 0.03), (1000, 0.61)] for k in [0, 3, 7, 600]]")
golden("binomial.sf", "[stats.binom.sf(k - 1, n, p) for n, p in [(20, 0.5), (7, 0.03), (1000, 0.61)] for k in [0, 3, 7, 600]]")

# One reader

COUNTS = [(0, 20), (3, 20), (10, 20), (20, 20), (1, 1), (37, 60), (480, 1000)]
keep("counts", COUNTS)
golden("clopper-pearson", "[stats.binomtest(k, n).proportion_ci(level, 'exact') for k, n in COUNTS for level in [0.9, 0.95]]")
golden("wilson", "[stats.binomtest(k, n).proportion_ci(level, 'wilson') for k, n in COUNTS for level in [0.9, 0.95]]")
golden("wilson.half", "proportion_confint(12.5, 20, 0.05, 'wilson')")
golden("binomtest", "[stats.binomtest(k, n, p).pvalue for k, n in COUNTS for p in [0.5, 0.3]]")
golden("tost", "[[stats.binomtest(k, n, 0.35, 'greater').pvalue, stats.binomtest(k, n, 0.65, 'less').pvalue] for k, n in COUNTS]")
golden("signal", "[[stats.norm.ppf((h + 0.5) / (s + 1)) - stats.norm.ppf((f + 0.5) / (n + 1)), "
       "-(stats.norm.ppf((h + 0.5) / (s + 1)) + stats.norm.ppf((f + 0.5) / (n + 1))) / 2] "
       "for h, s, f, n in [(8, 10, 3, 10), (10, 10, 0, 12), (4.5, 9, 6.5, 10)]]")

random = np.random.default_rng(20)
truth = np.repeat([1, 0], [34, 41])
scores = np.clip(np.rint(random.normal(0.9 * truth, 1.7)), -5, 5)
keep("roc.truth", truth)
keep("roc.scores", scores)
golden("auc", "roc_auc_score(truth, scores)")
golden("auc.delong", "delong_roc_variance(truth, scores)")
golden("auc.interval", "roc_auc_score(truth, scores) + np.sqrt(delong_roc_variance(truth, scores)[1]) * stats.norm.ppf([0.025, 0.975])")

positions = np.delete(np.arange(40), [5, 17, 18])
seconds = np.round(14 - 0.08 * positions + random.gamma(2, 2.5, positions.size), 1)
seconds[[3, 20]] = [95.0, 61.5]
keep("times.positions", positions)
keep("times.seconds", seconds)
golden("times.median", "np.median(seconds)")
golden("times.least-squares", "(lambda r: [r.slope, r.slope - r.stderr * stats.t.ppf(0.975, positions.size - 2), "
       "r.slope + r.stderr * stats.t.ppf(0.975, positions.size - 2)])(stats.linregress(positions, seconds))")
golden("times.theil-sen", "(lambda r: [r.slope, r.low_slope, r.high_slope])(stats.theilslopes(seconds, positions, 0.95))")

tied_seconds = np.array([4.5, 4, 4, 3.4, 4, 3, 4, 5, 4, 3, 4.7, 3.2, 4.4, 3])
tied_positions = np.array([27.0, 27, 27, 28, 30, 30, 33, 34, 37, 42, 47, 48, 59, 59])
keep("times.tied", [tied_seconds, tied_positions])
golden("times.theil-sen.tied", "(lambda r: [r.slope, r.low_slope, r.high_slope])(stats.theilslopes(tied_seconds, tied_positions, 0.9))")

# Between readers

first = random.integers(0, 3, 60)
second = np.where(random.random(60) < 0.55, first, random.integers(0, 3, 60))
keep("pair", [first, second])
golden("kappa.none", "cohen_kappa_score(first, second)")
golden("kappa.linear", "cohen_kappa_score(first, second, weights='linear')")
golden("kappa.quadratic", "cohen_kappa_score(first, second, weights='quadratic')")
TABLE = to_table(np.column_stack([first, second]), 3)[0]
for name, wt in [("none", None), ("linear", "linear"), ("quadratic", "quadratic")]:
    golden(f"kappa.{name}.errors", f"(lambda r: [r.kappa, r.std_kappa, r.std_kappa0])(cohens_kappa(TABLE, wt={wt!r}))")
# Fleiss, Cohen and Everitt (1969): 100 patients, two readers.
FLEISS = np.array([[53, 5, 2], [11, 14, 5], [1, 6, 3]])
keep("fleiss-1969", FLEISS)
golden("fleiss-1969.kappa", "(lambda r: [r.kappa, r.std_kappa, r.std_kappa0])(cohens_kappa(FLEISS))")

panel = np.stack([np.where(random.random(45) < 0.5, first[:45], random.integers(0, 3, 45)) for _ in range(4)], 1)
panel_missing = panel.astype(float)
panel_missing[random.random(panel.shape) < 0.2] = np.nan
panel_missing[7] = [np.nan, 1, np.nan, np.nan]
panel_missing[8] = np.nan
keep("panel", panel)
keep("panel.missing", panel_missing)
golden("fleiss", "fleiss_kappa(aggregate_raters(panel, 3)[0], 'fleiss')")


def cac(ratings, name):
    """Value, standard error, observed and chance agreement, unrounded; unrated cases left out."""
    frame = pd.DataFrame(ratings).dropna(how="all")
    analysis = CAC(frame, categories=[0, 1, 2], digits=15)
    estimate = getattr(analysis, name)()["est"]
    low, high = estimate["confidence_interval"]
    return [estimate["coefficient_value"], (estimate["coefficient_value"] - low) / stats.t.ppf(0.975, len(frame) - 1),
            estimate["pa"], estimate["pe"], low, min(1, high)]


for name in ["panel", "panel_missing"]:
    for coefficient in ["gwet", "fleiss"]:
        golden(f"{name}.{coefficient}", f"cac({name}, {coefficient!r})")
    for metric in ["nominal", "ordinal"]:
        golden(f"{name}.alpha.{metric}",
               f"krippendorff.alpha({name}.T.astype(float), value_domain=[0, 1, 2], level_of_measurement={metric!r})")
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: 4 observers, 12 units, missing data;
# nominal alpha there 0.743, ordinal 0.815.
nan = np.nan
published = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
    [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
]).T
keep("krippendorff-2011", published - 1)
golden("krippendorff-2011.alpha", "[krippendorff.alpha(published.T, level_of_measurement=m) for m in ['nominal', 'ordinal']]")

# Paired tests

DISCORDANT = [(0, 0), (3, 9), (6, 6), (40, 21)]
keep("discordant", DISCORDANT)
golden("mcnemar.exact", "[mcnemar([[5, b], [c, 7]], exact=True).pvalue if b + c else 1.0 for b, c in DISCORDANT]")
golden("mcnemar.corrected", "[(lambda r: [r.statistic, r.pvalue])(mcnemar([[5, b], [c, 7]], exact=False, correction=True)) "
       "for b, c in [(3, 9), (40, 21)]]")
right = (random.random((30, 5)) < [0.5, 0.6, 0.6, 0.75, 0.8]).astype(int)
keep("right", right)
golden("cochran", "(lambda r: [r.statistic, r.pvalue])(cochrans_q(right))")
differences = np.round(random.normal(0.3, 1, 25), 6)
coarse = np.rint(random.normal(0.4, 2, 40))
many = np.round(random.normal(0.1, 1, 70), 6)
keep("differences", differences)
keep("differences.coarse", coarse)
keep("differences.many", many)
zeros = np.array([0.0, 0, 0.4, -0.1, 1.7, 2.2, -0.9, 0.5])
keep("differences.zeros", zeros)
golden("wilcoxon.zeros", "list(stats.wilcoxon(zeros, zero_method='wilcox', method='asymptotic', correction=False))")
golden("wilcoxon", "[list(stats.wilcoxon(differences, method='exact')), "
       "list(stats.wilcoxon(coarse, method='asymptotic', correction=False)), "
       "list(stats.wilcoxon(many, method='asymptotic', correction=False))]")
PVALUES = [0.01, 0.04, 0.03, 0.005, 0.2, 0.9, 0.03]
keep("p-values", PVALUES)
golden("holm", "multipletests(PVALUES, method='holm')[1]")

# Several readers: covariances by the definition, not by the placement values' formula

CONDITIONS, READERS, FAKES, REALS = 2, 4, 18, 22
shared = random.normal(0, 1, FAKES + REALS)
truths = np.repeat([1, 0], [FAKES, REALS])
ratings = np.rint(2 * (truths * np.array([0.8, 1.3])[:, None, None] + random.normal(0, 0.3, (CONDITIONS, READERS, 1))
                       + shared + random.normal(0, 0.8, (CONDITIONS, READERS, FAKES + REALS))))
keep("mrmc", ratings.reshape(CONDITIONS * READERS, -1))
keep("mrmc.shape", [CONDITIONS, READERS, FAKES, REALS])


def areas(r):
    return np.array([[roc_auc_score(truths, r[i, j]) for j in range(READERS)] for i in range(CONDITIONS)])


def area_covariance(r):
    """DeLong's covariance from the kernel, cell by cell of the full matrix [I*J, I*J]."""
    x = r.reshape(-1, FAKES + REALS)
    kernel = (x[:, :FAKES, None] > x[:, None, FAKES:]) + 0.5 * (x[:, :FAKES, None] == x[:, None, FAKES:])
    return np.cov(kernel.mean(2)) / FAKES + np.cov(kernel.mean(1)) / REALS


def shared_reals_covariance(r):
    """The same where fake images differ by condition: their part is left out between conditions."""
    x = r.reshape(-1, FAKES + REALS)
    kernel = (x[:, :FAKES, None] > x[:, None, FAKES:]) + 0.5 * (x[:, :FAKES, None] == x[:, None, FAKES:])
    same = np.kron(np.eye(CONDITIONS), np.ones((READERS, READERS)))
    return same * np.cov(kernel.mean(2)) / FAKES + np.cov(kernel.mean(1)) / REALS


def share_covariance(r):
    right = (r.reshape(-1, FAKES + REALS)[:, :FAKES] > 0).astype(float)
    return np.cov(right) / FAKES


def shares(r):
    return (r[:, :, :FAKES] > 0).mean(2)


def obuchowski_rockette(figures, covariance):
    """Hillis (2007): F, denominator degrees of freedom, p, interval of the difference, Cov1-3."""
    i, j = figures.shape
    c = covariance.reshape(i, j, i, j)
    cells = [(a, b, d, e) for a in range(i) for b in range(j) for d in range(i) for e in range(j)]
    cov1 = np.mean([c[q] for q in cells if q[0] != q[2] and q[1] == q[3]])
    cov2 = np.mean([c[q] for q in cells if q[0] == q[2] and q[1] != q[3]])
    cov3 = np.mean([c[q] for q in cells if q[0] != q[2] and q[1] != q[3]])
    residuals = figures - figures.mean(0) - figures.mean(1, keepdims=True) + figures.mean()
    ms_t = j * figures.mean(1).var(ddof=1)
    ms_tr = (residuals**2).sum() / ((i - 1) * (j - 1))
    error = ms_tr + j * max(0, cov2 - cov3)
    ddf = error**2 / (ms_tr**2 / ((i - 1) * (j - 1)))
    difference = figures[0].mean() - figures[1].mean()
    half = stats.t.ppf(0.975, ddf) * np.sqrt(2 * error / j)
    return [ms_t / error, ddf, stats.f.sf(ms_t / error, i - 1, ddf), difference - half, difference + half, cov1, cov2, cov3]


golden("mrmc.areas", "areas(ratings)")
golden("mrmc.areas.variances", "np.reshape([delong_roc_variance(truths, ratings[i, j])[1] for i in range(2) for j in range(4)], -1)")
assert np.allclose(values["mrmc.areas.variances"]["values"], np.diag(area_covariance(ratings)))
golden("mrmc.areas.or", "obuchowski_rockette(areas(ratings), area_covariance(ratings))")
golden("mrmc.shared-reals.or", "obuchowski_rockette(areas(ratings), shared_reals_covariance(ratings))")
golden("mrmc.shares.or", "obuchowski_rockette(shares(ratings), share_covariance(ratings))")

# Van Dyke's 114 cases, 5 readers, 2 conditions: figures, covariances and results as RJafroc prints them
# (RJafroc Quick Start, chapter "Illustrations of the OR method").
VAN_DYKE = np.array([[0.91964573, 0.85877617, 0.90386473, 0.97310789, 0.82979066],
                     [0.94782609, 0.90531401, 0.92173913, 0.99935588, 0.92995169]])
keep("van-dyke", VAN_DYKE)
values["van-dyke.covariances"] = {
    "source": "RJafroc: $VarCom Cov1, Cov2, Cov3 and $IndividualTrt cov2EachTrt",
    "values": [0.00034661371, 0.00034407483, 0.00023902837, 0.00048396180, 0.00020418785]}
values["van-dyke.test"] = {
    "source": "RJafroc: $RRRC FStat, error DF, p, CILower, CIUpper",
    "values": [4.4563187, 15.259675, 0.051665686, -0.087959499, 0.00035885444]}
values["van-dyke.means"] = {
    "source": "RJafroc: $ciAvgRdrEachTrt Estimate, StdErr, DF, CILower, CIUpper per condition",
    "values": [0.89703704, 0.033173597, 12.744648, 0.82522360, 0.96885048,
               0.94083736, 0.021566368, 12.710190, 0.89413783, 0.98753689]}

# Power

golden("power.difference", "[sum(stats.binom.pmf(k, n, p) for k in range(n + 1) if stats.binomtest(k, n).pvalue <= 0.05) "
       "for n in [20, 60] for p in [0.5, 0.65, 0.8]]")
golden("power.equivalence", "[sum(stats.binom.pmf(k, n, p) for k in range(n + 1) if stats.binom.sf(k - 1, n, 0.35) <= 0.05 "
       "and stats.binom.cdf(k, n, 0.65) <= 0.05) for n in [20, 60, 100] for p in [0.5, 0.55]]")


def simulated_power(readers, cases, accuracy, reader_sd, case_sd, studies, seed):
    """The probit model with other random numbers, tested with Hillis' one-condition interval."""
    generator = np.random.default_rng(seed)
    mean = stats.norm.ppf(accuracy) * np.sqrt(1 + reader_sd**2 + case_sd**2)
    rejected = 0
    for _ in range(studies):
        right = (mean + reader_sd * generator.normal(size=(readers, 1)) + case_sd * generator.normal(size=cases)
                 + generator.normal(size=(readers, cases)) > 0).astype(float)
        c = np.cov(right) / cases
        cov2 = (c.sum() - np.trace(c)) / (readers * (readers - 1))
        ms_r = right.mean(1).var(ddof=1)
        if ms_r == 0:
            continue
        error = ms_r + readers * max(0, cov2)
        t = (right.mean() - 0.5) / np.sqrt(error / readers)
        rejected += 2 * stats.t.sf(abs(t), error**2 / (ms_r**2 / (readers - 1))) <= 0.05
    return rejected / studies


golden("power.simulated", "simulated_power(4, 40, 0.62, 0.2, 0.5, 4000, 1)")

# Reading order, from the documentation of SeededGenerator and ReadingOrder

MASK = 2**64 - 1


class Generator:
    def __init__(self, seed, stream):
        name = 0xCBF29CE484222325
        for byte in stream.encode():
            name = (name ^ byte) * 0x100000001B3 & MASK
        self.state = seed
        self.state = self.next() ^ name
        self.state = self.next()

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        return z ^ z >> 31

    def below(self, bound):
        value = self.next()
        while value >= MASK - MASK % bound:
            value = self.next()
        return value % bound

    def shuffled(self, elements):
        elements = list(elements)
        for last in range(len(elements) - 1, 0, -1):
            other = self.below(last + 1)
            elements[last], elements[other] = elements[other], elements[last]
        return elements


def order(seed, reader, real_count, fake_count, block_count, repeat_count, spacing):
    """Case index (real images first), block and repetition of every showing."""
    generator = Generator(seed, reader)
    blocks = [[] for _ in range(block_count)]
    place = generator.below(block_count)
    for kind in [range(real_count), range(real_count, real_count + fake_count)]:
        for case in generator.shuffled(kind):
            blocks[place].append(case)
            place = (place + 1) % block_count
    base = [(case, block) for block, cases in enumerate(blocks) for case in generator.shuffled(cases)]
    candidates = generator.shuffled(i for i in range(len(base)) if i + spacing <= len(base))
    queues = [[i for i in candidates if base[i][0] < real_count], [i for i in candidates if base[i][0] >= real_count]]
    if candidates and base[candidates[0]][0] >= real_count:
        queues.reverse()
    taken = []
    while len(taken) < repeat_count:
        for queue in queues:
            if queue and len(taken) < repeat_count:
                taken.append(queue.pop(0))
    inserted = [[] for _ in range(len(base) + 1)]
    for index in taken:
        slot = index + spacing + generator.below(len(base) - index - spacing + 1)
        inserted[slot].append((base[index][0], base[slot - 1][1], 1))
    showings = []
    for slot, repeats in enumerate(inserted):
        showings += generator.shuffled(repeats)
        if slot < len(base):
            showings.append((*base[slot], 0))
    return showings




def bootstrap_alpha(seed, count):
    """Percentiles of ordinal alpha over cases drawn as Bootstrap draws them."""
    generator, cases, alphas = Generator(seed, ""), len(panel), []
    for _ in range(count):
        drawn = panel[[generator.below(cases) for _ in range(cases)]]
        alphas.append(krippendorff.alpha(drawn.T, level_of_measurement="ordinal", value_domain=[0, 1, 2]))
    return np.percentile(alphas, [2.5, 97.5])


golden("bootstrap.alpha", "bootstrap_alpha(5, 300)")
golden("order", "[order(2026, name, 13, 11, 3, 5, 6) for name in ['A', 'reader ü']]")

# Confound check: features of 23 real and 17 fake files; the last feature never varies

features = np.column_stack([random.normal(size=40), random.normal(size=40), random.normal(5, 3, 40),
                            random.integers(0, 2, 40), np.full(40, 8.0)])
fakes = np.repeat([0, 1], [23, 17])
features[:, 0] += 1.1 * fakes
features[:, 2] -= 1.5 * fakes
features = np.round(features, 6)
keep("confound", features)


def standardized(kept, of):
    mean, deviation = features[kept].mean(0), features[kept].std(0)
    return (features[of] - mean) / np.where(deviation > 0, deviation, 1)


def logistic(kept):
    model = LogisticRegression(C=1 / 1.0, solver="newton-cholesky", tol=1e-14, max_iter=1000)
    return model.fit(standardized(kept, kept), fakes[kept])


def newcombe(area, m, n, level):
    """Newcombe (2006), method 5: the roots of its definition other than those of v = 0 at 0 and 1."""
    z, N = stats.norm.ppf(0.5 + level / 2), (m + n) / 2

    def excess(t):
        v = t * (1 - t) * (1 + (N - 1) * ((1 - t) / (2 - t) + t / (1 + t))) / (m * n)
        return abs(area - t) - z * np.sqrt(v)

    return [0.0 if area == 0 else optimize.brentq(excess, 0 if area < 1 else 1e-9, min(area, 1 - 1e-9), xtol=1e-15),
            1.0 if area == 1 else optimize.brentq(excess, max(area, 1e-9), 1 - 1e-9, xtol=1e-15)]


def out_of_fold(seed, count):
    generator, folds = Generator(seed, "confound check"), np.zeros(40, int)
    for members in [range(23), range(23, 40)]:
        for place, index in enumerate(generator.shuffled(members)):
            folds[index] = place % count
    scores = np.zeros(40)
    for fold in range(count):
        kept, of = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        scores[of] = logistic(kept).decision_function(standardized(kept, of))
    return roc_auc_score(fakes, scores)


golden("logistic", "(lambda r: [*r.intercept_, *r.coef_[0]])(logistic(np.arange(40)))")
golden("confound.area", "out_of_fold(4, 5)")
golden("confound.interval", "newcombe(out_of_fold(4, 5), 17, 23, 0.95)")
golden("confound.alone", "[roc_auc_score(fakes, column) for column in features.T]")
golden("newcombe", "[newcombe(a, m, n, level) for a, m, n in [(0, 10, 12), (0.62, 10, 10), (1, 20, 20)] "
       "for level in [0.9, 0.95]]")
golden("roc.points", "np.column_stack(roc_curve(truth, scores, drop_intermediate=False)[:2])")

FILE.parent.mkdir(parents=True, exist_ok=True)
packages = ["numpy", "scipy", "statsmodels", "scikit-learn", "krippendorff", "irrCAC", "confidenceinterval"]
FILE.write_text(json.dumps({
    "generator": "Scripts/make-study-goldens.py",
    "versions": {name: version(name) for name in packages},
    "data": data,
    "values": values,
}, indent=1) + "\n")
print(f"{FILE}: {len(values)} values")
