"""Learning steps in float64 for network-cases.csv and network-weights.bin, by PyTorch (made with 1.13.1 of Debian).

Weights, features and targets are draws of KeyedRandom, written here a second time, so that only results lie in the files.
network-cases.csv: one line a case; loss and norm are those of its last step.
network-weights.bin: weights after the last step of each case, float64 little-endian, W1 [hidden][inputs], b1, W2, b2, case after case.
Run: python3 make_network_vectors.py (writes both files beside itself).
Tolerance: 1e-6 of the largest weight after one step, 1e-3 after 1,000, because the kernel works in float32.
"""
import os
import struct

import torch

MASK = (1 << 64) - 1
HERE = os.path.dirname(os.path.abspath(__file__))


def mix(state):
    z = (state + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class KeyedRandom:
    def __init__(self, seed, series, bar_end):
        self.key = mix(mix(mix(seed) ^ series) ^ bar_end)

    def uniform(self, draw):
        return ((mix(self.key ^ draw) >> 11) | 1) / float(1 << 53)

    def singles(self, first, count, size):
        """[count] float32 numbers, uniform within +-size, as doubles."""
        return [struct.unpack("<f", struct.pack("<f", (2.0 * self.uniform(first + i) - 1.0) * size))[0] for i in range(count)]


#        name              inputs hidden rows steps lr    decay clip  loss       feature target
CASES = [("plain",             20, 64, 4, 1, 1e-4, 0.1, 1.0, "huber", 2.0, 2.0),
         ("quiet",             17, 64, 4, 1, 1e-3, 0.1, 1e6, "huber", 0.5, 0.9),
         ("loud",              17, 64, 4, 1, 1e-3, 0.1, 0.5, "huber", 4.0, 6.0),
         ("squared",           21, 32, 7, 1, 1e-3, 1.0, 1.0, "squared", 2.0, 4.0),
         ("one-row",           20, 64, 1, 1, 1e-4, 0.1, 1.0, "huber", 2.0, 3.0),
         ("odd-sizes",          3, 5, 6, 1, 1e-2, 0.1, 1.0, "huber", 2.0, 3.0),
         ("least",              1, 1, 1, 1, 1e-2, 0.0, 1.0, "huber", 1.0, 1.0),
         ("batch",             17, 64, 32, 1, 1e-3, 0.1, 1.0, "huber", 2.0, 3.0),
         ("ten-steps",         17, 64, 4, 10, 1e-3, 0.1, 1.0, "huber", 2.0, 3.0),
         ("thousand-steps",    20, 64, 4, 1000, 1e-4, 0.1, 1.0, "huber", 2.0, 3.0),
         ("thousand-squared",  17, 16, 4, 1000, 1e-4, 0.1, 1.0, "squared", 2.0, 3.0)]


def run(index, case):
    name, inputs, hidden, rows, steps, lr, decay, clip, loss_name, feature_size, target_size = case
    count = inputs * hidden + 2 * hidden + 1
    start = KeyedRandom(12345, index, 0).singles(0, count, 0.5)
    tensor = lambda values, *shape: torch.tensor(values, dtype=torch.float64).reshape(shape).clone().requires_grad_(True)
    at = inputs * hidden
    w1 = tensor(start[:at], hidden, inputs)
    b1 = tensor(start[at:at + hidden], hidden)
    w2 = tensor(start[at + hidden:at + 2 * hidden], 1, hidden)
    b2 = tensor(start[at + 2 * hidden:], 1)
    everything = [w1, b1, w2, b2]
    adam = torch.optim.AdamW([{"params": [w1, w2], "weight_decay": decay}, {"params": [b1, b2], "weight_decay": 0.0}],
                             lr=lr, betas=(0.9, 0.999), eps=1e-8)
    measure = torch.nn.HuberLoss(delta=1.0) if loss_name == "huber" else torch.nn.MSELoss()
    for step in range(steps):
        chance = KeyedRandom(12345, index, 1 + step)
        x = torch.tensor(chance.singles(0, rows * inputs, feature_size), dtype=torch.float64).reshape(rows, inputs)
        y = torch.tensor(chance.singles(rows * inputs, rows, target_size), dtype=torch.float64).clamp(-5, 5)
        adam.zero_grad()
        out = torch.relu(x @ w1.T + b1) @ w2.T + b2
        loss = measure(out.reshape(-1), y)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(everything, clip)
        adam.step()
    weights = torch.cat([p.detach().reshape(-1) for p in everything]).tolist()
    return loss.item(), norm.item(), weights


with open(os.path.join(HERE, "network-cases.csv"), "w") as table, open(os.path.join(HERE, "network-weights.bin"), "wb") as data:
    table.write("name,inputs,hidden,rows,steps,learning_rate,weight_decay,clip_norm,loss,feature_size,target_size,last_loss,last_norm\n")
    for index, case in enumerate(CASES):
        loss, norm, weights = run(index, case)
        table.write(",".join(str(field) for field in case) + f",{loss!r},{norm!r}\n")
        data.write(struct.pack(f"<{len(weights)}d", *weights))
