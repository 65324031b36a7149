# Every target can be run again at any time and is quick when nothing changed.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test crash-test resume-test fuzz endurance browser bench lint format

SWIFT_FILES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
# The same flags at every debug build, or SwiftPM builds all of it anew.
STRICT := -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
PROGRAM := .build/release/skiagraph

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## check the tools, install missing packages, fetch libtorch once
	@Scripts/setup

build: setup ## build the program skiagraph, optimized
	swift build -c release --product skiagraph

demo: build ## generate a contact sheet of twelve prompts into out/
	$(PROGRAM) generate --prompts-file Documentation/demo-prompts.txt --seed 0 --sheet -o out
	@echo 'One prompt: $(PROGRAM) generate "An X-ray of the hand" -o out'

test: ## run all tests; a warning is an error
	@Scripts/setup --tests
	OMP_WAIT_POLICY=PASSIVE swift test $(STRICT)

resume-test: setup ## kill training runs ten times; they must end as if they had not been (KILLS=n)
	SKIAGRAPH_KILLS=$(or $(KILLS),10) OMP_WAIT_POLICY=PASSIVE swift test $(STRICT) --filter 'TrainTests.*killed'

crash-test: setup ## kill generations 200 times and check the archive (KILLS=n)
	SKIAGRAPH_KILLS=$(or $(KILLS),200) OMP_WAIT_POLICY=PASSIVE swift test $(STRICT) --filter CrashTests

fuzz: setup ## damage picture files for ten minutes; the decoders must refuse or read them
	SKIAGRAPH_FUZZ_SECONDS=600 swift test $(STRICT) --filter 'MutationTests|DamagedFileTests'

endurance: build ## kill the server of a study 100 times, let 50 readers read at once (KILLS=n)
	SKIAGRAPH_PROGRAM=$(PROGRAM) SKIAGRAPH_KILLS=$(or $(KILLS),100) SKIAGRAPH_MEDIAN_MS=100 \
		swift test $(STRICT) --filter EnduranceTests

browser: build ## read studies in Chromium; screenshots go to out/browser
	@Scripts/setup --tests
	.venv-browser/bin/python -B -m unittest discover --verbose --start-directory Tests/Browser

bench: build .venv-goldens/stamp ## measure beside diffusers (BENCH="--help" lists options)
	swift build -c release --package-path Benchmarks
	.venv-goldens/bin/python Benchmarks/compare.py $(BENCH)

.venv-goldens/stamp: Scripts/requirements-goldens.txt
	python3 -m venv .venv-goldens
	.venv-goldens/bin/pip install --quiet --require-hashes --requirement $<
	touch $@

lint: ## check the formatting rules of .swift-format
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)

format: ## apply them
	swift format format --in-place --parallel --recursive $(SWIFT_FILES)
