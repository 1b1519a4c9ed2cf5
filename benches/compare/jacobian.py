"""Gradient and Jacobian of the exact row objective in NumPy and JAX: times and values.

The objective, for a row w of R^d with data noise and view noise of variance rho^2 each:

    l(w) = -1/4 sum_k E_u[ E_z[ sigma(m_k + s u + s z) ]^2 ] + alpha |w|^2,
    m_k = w . mu_k,    s = rho |w|,    u, z standard normal,

both averages by Gauss-Hermite rules (written here from scratch; no code is shared with the
Rust side). Usage: see README.md beside this file.
"""

import argparse
import csv
import sys
import time

import numpy as np

TAU, ALPHA, NODES = 7.0, 1.0 / 800.0, 40
CENTRES = np.array([[1.0, 0.0], [1.0, TAU], [-1.0, 0.0], [-1.0, TAU]])


def rule():
    """Nodes and weights of the average over a standard normal variable."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()


def row(d):
    """Coordinates (3.5, 1.25, 1/2, -1/2, 1/2, ...): no generator to agree on."""
    w = np.where(np.arange(d) % 2 == 0, 0.5, -0.5)
    w[:2] = 3.5, 1.25
    return w


# NumPy, structured -----------------------------------------------------------------------------


def derivatives(x):
    """sigma and its first four derivatives."""
    s = 0.5 * (1.0 + np.tanh(0.5 * x))
    y = s * (1.0 - s)
    e = 1.0 - 2.0 * s
    return s, y, e * y, y * (1.0 - 6.0 * y), e * y * (1.0 - 12.0 * y)


def structured(w, nodes, weights):
    """(gradient in the plane, kappa, plane block, coupling, radial): all of the Jacobian, in O(d).

    kappa I + sum_ij m_ij e_i e_j^T + sum_i c_i (e_i w^T + w e_i^T) + g w w^T.
    """
    rho_sqr = float(len(w)) ** -3
    s = np.sqrt(rho_sqr * (w @ w))
    m = CENTRES @ w[:2]
    grid = m[:, None, None] + s * (nodes[:, None] + nodes[None, :])
    inner = [values @ weights for values in derivatives(grid)]  # S_0 .. S_4 at the outer nodes

    def moment(i, j):
        return (inner[i] * inner[j]) @ weights

    p = 0.25
    g_m = 2 * moment(0, 1)
    g_v = 2 * moment(0, 2) + moment(1, 1)
    g_mm = 2 * moment(0, 2) + 2 * moment(1, 1)
    g_mv = 2 * moment(0, 3) + 4 * moment(1, 2)
    g_vv = 2 * moment(0, 4) + 4 * moment(1, 3) + 3 * moment(2, 2)
    kappa = 2 * ALPHA - 2 * rho_sqr * p * g_v.sum()
    gradient = kappa * w[:2] - p * (g_m @ CENTRES)
    features = -p * (CENTRES.T * g_mm) @ CENTRES
    coupling = -2 * rho_sqr * p * (g_mv @ CENTRES)
    radial = -4 * rho_sqr**2 * p * g_vv.sum()
    return gradient, kappa, features, coupling, radial


def dense(w, parts):
    _, kappa, features, coupling, radial = parts
    matrix = kappa * np.eye(len(w)) + radial * np.outer(w, w)
    matrix[:2, :2] += features
    for i in range(2):
        matrix[i] += coupling[i] * w
        matrix[:, i] += coupling[i] * w
    return matrix


# JAX -------------------------------------------------------------------------------------------


def with_jax(nodes, weights):
    """jax.hessian of the objective, compiled; None if JAX is not installed."""
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)

    def objective(w):
        s = jnp.sqrt(float(w.shape[0]) ** -3 * (w @ w))
        m = jnp.asarray(CENTRES) @ w[:2]
        grid = m[:, None, None] + s * (nodes[:, None] + nodes[None, :])
        inner = jax.nn.sigmoid(grid) @ weights
        return -0.25 * ((inner**2) @ weights).sum() + ALPHA * (w @ w)

    return jax.jit(jax.hessian(objective))


# Times and values ------------------------------------------------------------------------------


def median_ms(run, budget=2.0, most=200):
    """Median wall time of run() in milliseconds over some two seconds, after one call to warm up."""
    run()
    times, begun = [], time.perf_counter()
    while not times or (len(times) < most and time.perf_counter() - begun < budget):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1e3 * float(np.median(times))


def read(path):
    with open(path, newline="") as file:
        return {(int(r["d"]), r["quantity"]): float(r["value"]) for r in csv.DictReader(file)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dimensions", type=int, nargs="+", default=[10, 1000, 10000])
    parser.add_argument("--values", help="CSV written by `cargo bench --bench jacobian`, to be checked")
    arguments = parser.parse_args()
    nodes, weights = rule()
    hessian = with_jax(nodes, weights)
    ours = read(arguments.values) if arguments.values else {}
    worst = 0.0
    for d in arguments.dimensions:
        w = row(d)
        parts = structured(w, nodes, weights)
        gradient, kappa, features, coupling, radial = parts
        values = {
            "gradient_1": gradient[0],
            "gradient_2": gradient[1],
            "kappa": kappa,
            "features_11": features[0, 0],
            "features_12": features[0, 1],
            "features_22": features[1, 1],
            "coupling_1": coupling[0],
            "coupling_2": coupling[1],
            "radial": radial,
        }
        print(f"d = {d}")
        print(f"  structured NumPy   {median_ms(lambda: structured(w, nodes, weights)):10.4f} ms")
        if hessian is None:
            print("  jax.hessian        JAX is not installed")
        else:
            gap = np.abs(np.asarray(hessian(w)) - dense(w, parts)).max()
            took = median_ms(lambda: hessian(w).block_until_ready())
            print(f"  jax.hessian        {took:10.4f} ms   largest difference from NumPy {gap:.1e}")
            worst = max(worst, gap)
        for name, value in values.items():
            if (d, name) in ours:
                gap = abs(ours[d, name] - value)
                worst = max(worst, gap)
                print(f"  {name:<12} NumPy {value:+.15e}   minlift {ours[d, name]:+.15e}   difference {gap:.1e}")
    if worst > 1e-10:
        sys.exit(f"disagreement: {worst:.1e}")
    print(f"largest difference {worst:.1e}")


if __name__ == "__main__":
    main()
