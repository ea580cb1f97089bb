"""What is usual and what isn't: series, baselines, episodes, forecasts and their honest backtest."""
