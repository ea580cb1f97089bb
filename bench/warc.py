"""A web archive of 10,000 generated pages, one in a hundred broken: are all good ones read, and all broken listed?

    python -m bench.warc [--pages 10000]

Prints for a plain and a packed archive: pages read of those that are good, rejects of those that are broken, records
a second, and the most memory held. Ends with 1 where one is missing.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import time

from siaga.base.article import Page, Reject
from siaga.collect.load import load
from tests.unit.collect.archive import address, archive, rows

EVERY = 100


def main() -> None:
    """Print the counts of both archives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    count = parser.parse_args().pages
    whole = [_read(count, zipped=zipped) for zipped in (False, True)]
    sys.exit(0 if all(whole) else 1)


def _read(count: int, *, zipped: bool) -> bool:
    """Whether all good pages of an archive were read, in order, and each broken record was listed by its address."""
    wanted = rows(count, EVERY)
    body = archive(wanted, zipped=zipped)
    begun = time.process_time()
    found = list(load(["-"], io.BytesIO(body)))
    seconds = time.process_time() - begun
    pages = [one.url for one in found if isinstance(one, Page)]
    rejects = [one.id for one in found if isinstance(one, Reject)]
    good = [address(row.number) for row in wanted if row.damage is None]
    broken = [f"-#{address(row.number)}" for row in wanted if row.damage]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    kind = "packed" if zipped else "plain"
    print(
        f"{kind:6} {len(pages)} of {len(good)} pages, {len(rejects)} of {len(broken)} broken "
        f"records listed, {count / seconds:.0f} records/s, {memory} MB"
    )
    return pages == good and rejects == broken


if __name__ == "__main__":
    main()
