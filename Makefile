# make demo   set everything up, publish the sample town and say where the page is
# make test   set everything up, run all tests
# make check  set everything up, run lint, types and floors
# make fuzz   look for input that breaks the readers, for a minute (installs atheris)
# make bench  set everything up, run the benchmarks of docs/benchmarks.md

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
SITE   := site-out

.PHONY: demo test check bench fuzz clean

demo: $(READY)
	@$(BIN)/hazama publish -o $(SITE)
	@echo "できました。ブラウザで開いてください / open in a browser: file://$(CURDIR)/$(SITE)/index.html"

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check graph tests
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	@for file in tests/bench/bench_*.py; do $(BIN)/python -m tests.bench.$$(basename $$file .py) || exit 1; done

fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "atheris>=3.0"
	$(BIN)/python tests/fuzz/fuzz_readers.py -max_total_time=60 -max_len=4096

clean:
	rm -rf $(VENV) $(SITE) .cache .pytest_cache .mypy_cache .ruff_cache

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@
