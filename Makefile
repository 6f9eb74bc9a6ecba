# `make chat` starts the chat and `make test` runs every check; both need nothing but Python 3.11 or newer.
# PYTHON=…        the interpreter to use (found by itself where it is not given)
# TORCH_INDEX=…   a package index with CPU builds of PyTorch; only `make test` and other embedding models need PyTorch
VENV ?= .venv
TORCH_INDEX ?=
PY = $(VENV)/bin/python
PIP = $(PY) -m pip --disable-pip-version-check -qq
OVERRIDES = deploy/overrides.txt

.PHONY: audit chat test lint index wheel docs benchmarks screenshots clean

chat: $(VENV)/.chat index/CURRENT
	@exec $(PY) app.py

test: $(VENV)/.test
	@tools/install-test-tools.sh
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest

lint: $(VENV)/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

# lawqa itself notices a stale index when it loads one; this only saves the first visitor the wait
index/CURRENT: | $(VENV)/.chat
	@$(PY) -m lawqa index

index: $(VENV)/.chat
	@$(PY) -m lawqa index

# known weaknesses of what is installed; asks PyPI, so it needs the internet or AUDIT="-s osv --osv-url URL"
AUDIT ?=
audit: $(VENV)/.chat
	$(PY) tools/audit.py -- $(AUDIT)

wheel: index
	@$(PIP) wheel --no-deps --wheel-dir dist .
	@ls -l dist/*.whl

docs: $(VENV)/.test
	$(PY) tools/write_docs.py

benchmarks: $(VENV)/.test
	$(PY) -m benchmarks.lookups
	$(PY) -m benchmarks.latency
	$(PY) -m benchmarks.load

screenshots: $(VENV)/.test
	@tools/install-test-tools.sh
	$(PY) tools/screenshots.py

clean:
	rm -rf $(VENV) dist index/CURRENT index/index-*

$(PY):
	@tools/make-venv.sh $(VENV)

$(VENV)/.chat: pyproject.toml $(OVERRIDES) | $(PY)
	@echo "lawqa: 正在安装依赖，只在第一次，需要几分钟…" >&2
	@$(PIP) install --editable .
	@$(PIP) install --no-deps --no-warn-conflicts --requirement $(OVERRIDES)
	@touch $@

$(VENV)/.test: pyproject.toml $(OVERRIDES) | $(PY)
	@echo "lawqa: 正在安装依赖和测试工具，只在第一次，需要几分钟…" >&2
	@$(PIP) install "pip>=25.1"
	@if [ -n "$(TORCH_INDEX)" ]; then $(PIP) install torch==2.13.0 --index-url "$(TORCH_INDEX)"; fi
	@$(PIP) install --editable . --group dev
	@$(PIP) install --no-deps --no-warn-conflicts --requirement $(OVERRIDES)
	@touch $@ $(VENV)/.chat
