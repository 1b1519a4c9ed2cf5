"""The Hessian of numpy_hessian.py in JAX, compiled: the formula, and jax.hessian of the objective."""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy_hessian as common  # sets the number of threads, before anything else

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)


def objective(w, left, right):
    agreement = jax.nn.sigmoid(left @ w) * jax.nn.sigmoid(right @ w)
    return -agreement.mean() + common.ALPHA * (w @ w)


@jax.jit
def formula(w, left, right):
    def derivatives(z):
        s = jax.nn.sigmoid(z)
        slope = s * (1.0 - s)
        return s, slope, slope * (1.0 - 2.0 * s)

    s, s1, s2 = derivatives(left @ w)
    t, t1, t2 = derivatives(right @ w)
    p, q, r = (entry[:, None] / -len(left) for entry in (s2 * t, s * t2, s1 * t1))
    matrix = left.T @ (p * left + r * right) + right.T @ (r * left + q * right)
    return matrix + 2.0 * common.ALPHA * jnp.eye(len(w))


hessian = jax.jit(jax.hessian(objective))


def ready(function):
    def prepare(w, left, right):
        arrays = [jax.device_put(jnp.asarray(it)) for it in (w, left, right)]
        return lambda: function(*arrays).block_until_ready()

    return prepare


if __name__ == "__main__":
    methods = {"JAX, formula, compiled": ready(formula), "jax.hessian, compiled": ready(hessian)}
    common.table(methods, common.dimensions())
