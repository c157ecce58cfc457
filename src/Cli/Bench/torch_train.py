"""Rows a second of batch training in torch, eager: series in turn, 17-64-1, Huber, clip 1.0, AdamW. Arguments: series rows epochs batch.

Prints one number: rows times epochs of all series over the seconds that they took, the best of two rounds.
"""
import sys
import time

import torch

series, rows, epochs, batch = (int(argument) for argument in sys.argv[1:])
torch.manual_seed(1)
x, y = torch.randn(rows, 17), torch.randn(rows, 1)
loss = torch.nn.HuberLoss()


def train():
    model = torch.nn.Sequential(torch.nn.Linear(17, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.1)
    for _ in range(epochs):
        order = torch.randperm(rows)
        for start in range(0, rows, batch):
            chosen = order[start:start + batch]
            optimiser.zero_grad()
            loss(model(x[chosen]), y[chosen]).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()


train()
best = float("inf")
for _ in range(2):
    started = time.perf_counter()
    for _ in range(series):
        train()
    best = min(best, time.perf_counter() - started)
print(series * rows * epochs / best)
