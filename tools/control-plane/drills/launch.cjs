#!/usr/bin/env node
// Starts the accident drills: see main.ts.
"use strict";
const path = require("node:path");
const { launch } = require("../launch.cjs");

launch(path.join(__dirname, "main.ts"), "drills");
