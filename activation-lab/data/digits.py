"""Writes digits.bin anew: `pip download --no-deps scikit-learn`, then `python3 digits.py scikit_learn-*.whl > digits.bin`."""

import gzip
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel:
    table = gzip.decompress(wheel.read("sklearn/datasets/data/digits.csv.gz")).decode("ascii")
for line in table.split():
    row = [int(number) for number in line.split(",")]
    assert len(row) == 65 and all(0 <= pixel <= 16 for pixel in row[:64]) and 0 <= row[64] <= 9
    sys.stdout.buffer.write(bytes(row))
