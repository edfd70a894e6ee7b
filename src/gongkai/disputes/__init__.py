"""行政复议、行政诉讼（第五章）：disputes over replies, from the copy we receive to the lesson."""
