# 公开 gongkai. `make` alone lists what there is to do.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The certificates of the system: many offices look into TLS with a root of their own.
UV := $(BIN)/python -m uv --system-certs
REPORTS := $(filter-out %.recovered.txt,$(wildcard tests/data/reports/[0-9]*))

.PHONY: help
help: ## 列出可用命令 (this list)
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(VENV)/.ready ## 准备环境 (a virtual environment with everything of the lock)

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更高版本；可用 make PYTHON=python3.12 指定。" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo "缺少 venv 组件；Debian/Ubuntu 请先执行：sudo apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(UV) --version >/dev/null 2>&1 \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# GONGKAI_DEMO=0 serves the data of the settings instead; see src/gongkai/settings.py.
GONGKAI_DEMO ?= 1
PORT ?= 8000

.PHONY: run
run: setup ## 运行：填入演示城市并打开网站；FULL=1 填满一年的信息 (the site with a city in it)
	@if [ "$(GONGKAI_DEMO)" = 1 ]; then \
		GONGKAI_DEMO=1 $(BIN)/gongkai demo --if-empty $(if $(FULL),--full) || exit; \
	fi; \
	exec env GONGKAI_DEMO=$(GONGKAI_DEMO) $(BIN)/gongkai serve --port $(PORT)

.PHONY: report
report: setup ## 核验随附的真实年报并列出发现 (check the bundled real reports)
	@$(BIN)/gongkai report check $(REPORTS); status=$$?; \
	if [ $$status -eq 1 ]; then \
		echo; echo "以上错误是这些年报公布时就有的。试试：$(BIN)/gongkai due 2026-02-10 --channel online"; \
	else exit $$status; fi

.PHONY: test
test: setup ## 测试 (all tests)
	@$(BIN)/python -m pytest -n auto

# The rooms that keep something in the database.
SITE_TESTS := $(addprefix tests/,applications demo desk disputes documents files notices organs portal reporting search steps theme trail vault)

.PHONY: postgres
postgres: setup ## 在 PostgreSQL 上再测一遍站点 (the tests of the site again, on PostgreSQL)
	@# Real workers come and go in the tests of the jobs; they get the server to themselves.
	@.ci/postgresql $(BIN)/python -m pytest -n auto tests/jobs
	@.ci/postgresql $(BIN)/python -m pytest -n auto $(SITE_TESTS)

.PHONY: browser
browser: setup ## 浏览器测试：全部页面、全部岗位、无障碍 (in Chromium, with axe)
	@$(BIN)/python -m pytest -n auto -m browser tests/browser

.PHONY: check
check: setup ## 检查：格式、规范、类型、楼层 (format, lint, types, contracts)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: format
format: setup ## 整理格式 (rewrite to the house format)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: bench
bench: setup ## 测速，写入 docs/benchmarks.md (measure against named peers and limits)
	@$(BIN)/python -m bench

.PHONY: docs
docs: setup ## 由代码生成文档 (print the law table, the checks and the CLI help into docs/)
	@$(BIN)/python docs/generate.py
	@$(BIN)/python docs/reproduction.py

.PHONY: lock
lock: setup ## 更新锁定文件 (refresh requirements.lock)
	@$(UV) pip compile pyproject.toml --extra site --group dev --universal --generate-hashes --upgrade --quiet \
		--no-emit-index-url --no-header --python-version 3.11 -o requirements.lock

.PHONY: clean
clean: ## 清除环境和缓存 (remove the environment and all caches)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
