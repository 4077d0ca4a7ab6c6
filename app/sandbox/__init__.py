"""A stateful GitHub on localhost, for the demo and for every test above unit level.

Start at `driver.Sandbox`. `world` is the state, `shapes` how GitHub writes it down as JSON, `api` the HTTP front.
"""
