"""The Hessian of numpy_hessian.py as torch.func.hessian of the objective."""

import numpy_hessian as common  # sets the number of threads, before anything else

import torch

torch.set_num_threads(1)
torch.set_num_interop_threads(1)


def objective(w, left, right):
    agreement = torch.sigmoid(left @ w) * torch.sigmoid(right @ w)
    return -agreement.mean() + common.ALPHA * (w @ w)


def prepare(w, left, right):
    arrays = [torch.from_numpy(it) for it in (w, left, right)]
    hessian = torch.func.hessian(objective)
    return lambda: hessian(*arrays)


if __name__ == "__main__":
    common.table({"torch.func.hessian": prepare}, common.dimensions(), skip=lambda name, d: d >= 1000)
