"""Reports packages of constraints.txt with known faults; never fails, and says what it could not ask."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = (
    "--progress-spinner",
    "off",
    "--requirement",
    "constraints.txt",
    "--no-deps",
    "--disable-pip",
)


def main() -> None:
    """Print the report."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "pip_audit", *WORDS, "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        why = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        print(f"Known faults: NOT CHECKED, as pip-audit could not ask ({why[0][:200]}).")
        return
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    faults = [(each, fault) for each in packages for fault in each.get("vulns", ())]
    for package, fault in faults:
        mended = ", ".join(fault["fix_versions"]) or "no version yet"
        print(
            f"Known fault: {package['name']} {package['version']}: {fault['id']}, mended in {mended}"
        )
    print(f"Known faults: {len(faults)} in {len(packages) - len(skipped)} packages checked.")
    if skipped:
        print(f"NOT CHECKED, as the index knows nothing of them: {len(skipped)} packages.")
    print("This report does not fail the build.")


if __name__ == "__main__":
    main()
